using System.Globalization;

namespace Footfall.Site;

/// <summary>
/// A date as precise as its writer was: a year, a month or a day.
/// What is not a date at all ("Summer 2015") is kept as <see cref="Words"/> and shown as written.
/// </summary>
[JsonConverter(typeof(ResumeDateConverter))]
public sealed record ResumeDate
{
    private static readonly string[] MachineFormats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    private ResumeDate(string? machine, string words)
    {
        Machine = machine;
        Words = words;
    }

    /// <summary>
    /// The date for a <c>time</c> element: <c>2020</c>, <c>2020-05</c> or <c>2020-05-17</c>; null for plain words.
    /// </summary>
    public string? Machine { get; }

    /// <summary>The date for people: <c>2020</c> or <c>May 2020</c>. A résumé has no use for the day.</summary>
    public string Words { get; }

    /// <summary>Reads a year (1000 to 9999), a month or a day of the proleptic Gregorian calendar.</summary>
    /// <returns>Null where it is no such date.</returns>
    internal static ResumeDate? FromParts(string year, string month, string day)
    {
        var machine = string.Join('-', new[] { year, Padded(month), Padded(day) }.Where(part => part.Length > 0));
        var culture = CultureInfo.InvariantCulture;
        return DateOnly.TryParseExact(machine, MachineFormats, culture, DateTimeStyles.None, out var date)
            ? new(machine, date.ToString(month.Length == 0 ? "yyyy" : "MMM yyyy", culture))
            : null;
    }

    internal static ResumeDate FromWords(string words) => new(null, words);

    private static string Padded(string number) => number.Length == 1 ? "0" + number : number;
}
