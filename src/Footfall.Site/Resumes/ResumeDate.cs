using System.Globalization;

namespace Footfall.Site;

/// <summary>
/// A date as precise as its writer was: a year, a month or a day.
/// What is not a date at all ("Summer 2015") is kept as it was <see cref="Written"/>.
/// </summary>
[JsonConverter(typeof(ResumeDateConverter))]
public sealed record ResumeDate
{
    /// <summary>Who writes an earlier one wrote what a program puts where there is no date: <c>0001-01-01</c>.</summary>
    private const int FirstYear = 1000;

    private static readonly string[] MachineFormats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    private ResumeDate(string written) => Written = written;

    /// <summary>
    /// The date for a <c>time</c> element: <c>2020</c>, <c>2020-05</c> or <c>2020-05-17</c>; null for what is no date.
    /// </summary>
    public string? Machine => Year is null ? null : Written;

    /// <summary>What was written; of a date, its <see cref="Machine"/> form.</summary>
    public string Written { get; }

    /// <summary>From 1000 to 9999; null for what is no date.</summary>
    public int? Year { get; private init; }

    /// <summary>From 1 to 12; null where it was not said.</summary>
    public int? Month { get; private init; }

    /// <summary>Reads a year (1000 to 9999), a month or a day of the proleptic Gregorian calendar.</summary>
    /// <returns>Null where it is no such date.</returns>
    internal static ResumeDate? FromParts(string year, string month, string day)
    {
        var machine = string.Join('-', new[] { year, Padded(month), Padded(day) }.Where(part => part.Length > 0));
        return DateOnly.TryParseExact(machine, MachineFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year >= FirstYear
            ? new(machine) { Year = date.Year, Month = month.Length == 0 ? null : date.Month }
            : null;
    }

    internal static ResumeDate FromWords(string words) => new(words);

    private static string Padded(string number) => number.Length == 1 ? "0" + number : number;
}
