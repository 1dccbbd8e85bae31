using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Reads the dates that résumés hold: ISO 8601 as far as the writer went, month and year, and plain words.</summary>
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
            return ResumeDate.FromParts(iso.Groups["year"].Value, iso.Groups["month"].Value, iso.Groups["day"].Value);
        }

        if (MonthFirst().Match(text) is { Success: true } monthFirst)
        {
            return ResumeDate.FromParts(monthFirst.Groups["year"].Value, monthFirst.Groups["month"].Value, "");
        }

        if (DateOnly.TryParseExact(text, MonthAndYear, CultureInfo.InvariantCulture, DateTimeStyles.None, out var named))
        {
            return ResumeDate.FromParts(named.ToString("yyyy", CultureInfo.InvariantCulture), named.ToString("MM", CultureInfo.InvariantCulture), "");
        }

        return text.Any(char.IsLetter) ? ResumeDate.FromWords(text) : null;
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})([-/.](?<month>[0-9]{1,2})([-/.](?<day>[0-9]{1,2})([T ].*)?)?)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<month>[0-9]{1,2})[-/.](?<year>[0-9]{4})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MonthFirst();
}
