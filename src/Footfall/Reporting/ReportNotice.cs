using System.Globalization;
using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>A report in words.</summary>
public static class ReportNotice
{
    public static Notice Of(Report report) => new(
        $"{(report.Sum.Visits == 0 ? "No visit" : Visits(report.Sum.Visits))} {report.Period}",
        [$"{Before(report.Period.Span)}: {Visits(report.SumBefore.Visits)}. Days are UTC days."],
        [
            .. Section("Links", report.Links.Select(LineOf)),
            .. Section("Counters", report.Counters.Select(LineOf)),
            .. Section("Where visits came from", report.Sources.All
                .OrderByDescending(source => source.Value)
                .Select(source => new NoticeLine(source.Key.Name, Number(source.Value)))),
            .. Section("Not counted", OutcomeNames.All
                .Where(outcome => outcome != Outcome.Visit && report.Sum[outcome] > 0)
                .Select(outcome => new NoticeLine(Reason(outcome), Number(report.Sum[outcome])))),
        ]);

    private static IEnumerable<NoticeSection> Section(string title, IEnumerable<NoticeLine> lines)
    {
        var all = lines.ToList();
        return all.Count > 0 ? [new NoticeSection(title, all)] : [];
    }

    private static NoticeLine LineOf(LinkVisits link) => new(
        link.Link.Name,
        (link.IsFirst ? "first visit, " : "") + By(link.Tally) + (link.Tally.Bots > 0 ? $", {Count(link.Tally.Bots, "bot")}" : ""));

    private static NoticeLine LineOf(CounterVisits counter) => new(
        counter.Counter, $"{By(counter.Tally)} (before: {By(counter.Before)})");

    private static string By(in Tally tally) =>
        Visits(tally.Visits) + (tally.Visits == 0 ? "" : $" by {Count(tally.Visitors, "visitor")}");

    private static string Before(ReportSpan span) => span switch
    {
        ReportSpan.Day => "The day before",
        ReportSpan.Week => "The 7 days before",
        _ => "The month before",
    };

    private static string Reason(Outcome outcome) => outcome switch
    {
        Outcome.Repeat => "the same visitor again",
        Outcome.Bot => "known automation",
        Outcome.Prefetch => "fetched before anybody looked",
        Outcome.OptedOut => "asked not to be counted",
        _ => "over the limit of an address",
    };

    private static string Visits(long count) => count == 0 ? "no visit" : Count(count, "visit");

    private static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
