using System.Globalization;

namespace Footfall.Reporting;

/// <summary>The whole UTC days that a report covers.</summary>
/// <param name="To">Its last day.</param>
public sealed record ReportPeriod(ReportSpan Span, DateOnly From, DateOnly To)
{
    private const int DaysOfWeek = 7;

    /// <summary>The period of as many days before this one: the month before for a month.</summary>
    public ReportPeriod Previous => Before(Span, From);

    /// <summary>Short and stable: <c>day</c>, <c>week</c> or <c>month</c>.</summary>
    public string SpanName => Span switch
    {
        ReportSpan.Day => "day",
        ReportSpan.Week => "week",
        _ => "month",
    };

    /// <summary>The last period that had ended when a day began: the seven days before it, or the calendar month.</summary>
    public static ReportPeriod Before(ReportSpan span, DateOnly day) => span switch
    {
        ReportSpan.Day => new(span, day.AddDays(-1), day.AddDays(-1)),
        ReportSpan.Week => new(span, day.AddDays(-DaysOfWeek), day.AddDays(-1)),
        ReportSpan.Month => MonthBefore(day),
        _ => throw new ArgumentOutOfRangeException(nameof(span), span, "No such span."),
    };

    /// <summary>
    /// The last one that had ended when a day began, as the calendar cuts time: a week from Monday to Sunday. It is the
    /// same one on whichever day of the next it is asked for.
    /// </summary>
    public static ReportPeriod LastEnded(ReportSpan span, DateOnly day) =>
        Before(span, span == ReportSpan.Week ? MondayOf(day) : day);

    /// <summary>What kind of thing a report of it is, for <see cref="ToldOnce"/>.</summary>
    public string MarkKind => $"report {SpanName}";

    /// <summary>Which of its kind.</summary>
    public string MarkName => CountsJson.Text(To);

    /// <summary>Whether a day is one of its days.</summary>
    public bool Contains(DateOnly day) => day >= From && day <= To;

    /// <summary>As it stands in a sentence: <c>on 25 November 2026</c>.</summary>
    public override string ToString() => Span switch
    {
        ReportSpan.Day => $"on {NameOf(To)}",
        ReportSpan.Month => $"in {From.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}",
        _ => $"from {NameOf(From)} to {NameOf(To)}",
    };

    /// <summary>A day as people write it: <c>25 November 2026</c>.</summary>
    internal static string NameOf(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));

    private static ReportPeriod MonthBefore(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new(ReportSpan.Month, first.AddMonths(-1), first.AddDays(-1));
    }
}
