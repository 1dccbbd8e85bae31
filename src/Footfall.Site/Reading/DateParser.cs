using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Reads what résumés call a date: ISO 8601 as far as the writer went, month and year, plain words.</summary>
internal static partial class DateParser
{
    private static readonly string[] MonthAndYear = ["MMM yyyy", "MMMM yyyy", "MMM, yyyy", "MMMM, yyyy"];

    private static readonly HashSet<string> Now = new(StringComparer.OrdinalIgnoreCase)
    {
        "present", "now", "current", "currently", "today", "ongoing", "to date", "-", "–", "—",
    };

    public static bool MeansNow(string text) => Now.Contains(text);

    /// <returns>Null for what is written as a date but is none, such as <c>2020-13</c>.</returns>
    public static ResumeDate? Parse(string text)
    {
        if (YearFirst().Match(text) is { Success: true } iso)
        {
            return FromMatch(iso);
        }

        if (MonthFirst().Match(text) is { Success: true } monthFirst)
        {
            return FromMatch(monthFirst);
        }

        if (DateOnly.TryParseExact(text, MonthAndYear, CultureInfo.InvariantCulture, DateTimeStyles.None, out var named))
        {
            return ResumeDate.FromParts($"{named.Year:D4}", $"{named.Month:D2}", "");
        }

        return text.Any(char.IsLetter) ? ResumeDate.FromWords(text) : null;
    }

    /// <summary>A part that the pattern does not have is empty.</summary>
    private static ResumeDate? FromMatch(Match match) =>
        ResumeDate.FromParts(match.Groups["year"].Value, match.Groups["month"].Value, match.Groups["day"].Value);

    [GeneratedRegex(
        "^(?<year>[0-9]{4})([-/.](?<month>[0-9]{1,2})([-/.](?<day>[0-9]{1,2})([T ].*)?)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        "^(?<month>[0-9]{1,2})[-/.](?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MonthFirst();
}
