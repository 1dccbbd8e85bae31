using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Reads what résumés call a date: ISO 8601 as far as the writer went, and the forms of many languages where they can
/// only mean one month. <c>01/02/2020</c> is January to one reader and February to another: it is no date.
/// </summary>
internal static partial class DateParser
{
    /// <summary>In years: who was somewhere for longer does not write the end with two digits.</summary>
    private const int LongestShortSpan = 15;

    private static readonly Lazy<HashSet<string>> Now = new(() => Language.Known
        .SelectMany(tag => Language.WordsOf(tag).Now)
        .Select(Simplified)
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The month's number by its name, in every language of the page; where two disagree, the name is none.</summary>
    private static readonly Lazy<Dictionary<string, int>> Months = new(() => Language.Known
        .SelectMany(tag => Language.MonthNamesOf(tag))
        .SelectMany((names, index) => names.Select(name => (Name: Simplified(name), Month: (index % 12) + 1)))
        .Append((Name: "sept", Month: 9))
        .GroupBy(name => name.Name, StringComparer.OrdinalIgnoreCase)
        .Where(names => names.DistinctBy(name => name.Month).Count() == 1)
        .ToDictionary(names => names.Key, names => names.First().Month, StringComparer.OrdinalIgnoreCase));

    public static bool MeansNow(string text) => Now.Value.Contains(Simplified(text)) || text is "-" or "–" or "—";

    /// <returns>Null for what is no date, or not surely one.</returns>
    public static ResumeDate? Parse(string text)
    {
        var plain = WesternDigits(text.Trim());
        foreach (var pattern in (Regex[])[YearFirst(), MonthFirst(), DayFirst(), EastAsian()])
        {
            if (pattern.Match(plain) is { Success: true } match)
            {
                return ResumeDate.FromParts(match.Groups["year"].Value, match.Groups["month"].Value, match.Groups["day"].Value);
            }
        }

        return Slashed().Match(plain) is { Success: true } slashed ? FromSlashed(slashed) : FromNames(plain);
    }

    /// <summary>Reads "2015-2019", "Jan 2015 – present", "2015/16": two dates in one text.</summary>
    /// <returns>Null where it is no such text; an end of null goes on.</returns>
    public static (ResumeDate From, ResumeDate? To)? ParsePeriod(string text)
    {
        if (ShortYears().Match(text) is { Success: true } years)
        {
            var from = years.Groups["from"].Value;
            var to = from[..2] + years.Groups["to"].Value;
            return Number(to) - Number(from) is > 0 and <= LongestShortSpan ? (Year(from), Year(to)) : null;
        }

        foreach (Match separator in Separator().Matches(text))
        {
            var (first, second) = (text[..separator.Index].Trim(), text[(separator.Index + separator.Length)..].Trim());
            if (Parse(first) is { } start && (MeansNow(second) || Parse(second) is not null))
            {
                return (start, Parse(second));
            }
        }

        return null;
    }

    private static ResumeDate Year(string year) => ResumeDate.FromParts(year, "", "")!;

    // Only a number above twelve tells the day from the month.
    private static ResumeDate? FromSlashed(Match match)
    {
        var (first, second, year) = (match.Groups["first"].Value, match.Groups["second"].Value, match.Groups["year"].Value);
        return (Number(first) > 12, Number(second) > 12) switch
        {
            (true, false) => ResumeDate.FromParts(year, second, first),
            (false, true) => ResumeDate.FromParts(year, first, second),
            _ => Number(first) == Number(second) ? ResumeDate.FromParts(year, first, second) : null,
        };
    }

    /// <summary>"Sept 2015", "May 17th, 2010", "17 de mayo de 2015", "2015 May": a year, a month's name, perhaps a day.</summary>
    private static ResumeDate? FromNames(string text)
    {
        string? year = null, month = null, day = null;
        foreach (var word in Words(text))
        {
            if (YearAlone().IsMatch(word) && year is null)
            {
                year = word;
            }
            else if (Months.Value.TryGetValue(Simplified(word), out var number) && month is null)
            {
                month = number.ToString(CultureInfo.InvariantCulture);
            }
            else if (DayAlone().Match(word) is { Success: true } match && day is null)
            {
                day = match.Groups["day"].Value;
            }
            else if (!Filler().IsMatch(word))
            {
                return null;
            }
        }

        return year is not null && month is not null ? ResumeDate.FromParts(year, month, day ?? "") : null;
    }

    private static string[] Words(string text) =>
        text.Split([' ', ',', '\u00A0', '\u202F', '\u2009', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Simplified(string text) => text.Trim().Trim('.', '(', ')', '!', '…').Trim().Replace('’', '\'');

    /// <summary>Arabic-Indic, Devanagari and full-width digits as 0 to 9.</summary>
    private static string WesternDigits(string text) => string.Concat(text.Select(character =>
        char.IsDigit(character) ? (char)('0' + (int)char.GetNumericValue(character)) : character));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^(?<year>[0-9]{4})([-/.](?<month>[0-9]{1,2})([-/.](?<day>[0-9]{1,2})([T ][0-9:.,]*(Z|[+-][0-9:]+)?)?)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        "^(?<month>[0-9]{1,2}) ?[-/.] ?(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MonthFirst();

    /// <summary>With points the day comes first, wherever points are used.</summary>
    [GeneratedRegex(
        @"^(?<day>[0-9]{1,2})\. ?(?<month>[0-9]{1,2})\. ?(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        "^(?<year>[0-9]{4}) ?[年년]( ?(?<month>[0-9]{1,2}) ?[月월]( ?(?<day>[0-9]{1,2}) ?[日일])?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EastAsian();

    [GeneratedRegex(
        "^(?<first>[0-9]{1,2})[-/](?<second>[0-9]{1,2})[-/](?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Slashed();

    [GeneratedRegex("^(?<from>[0-9]{4})[-–/](?<to>1[3-9]|[2-9][0-9])$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ShortYears();

    [GeneratedRegex(
        @"\s*[–—~～〜]\s*|\s+-\s+|-|/|\s+(to|until|till|bis|à|au|a|al|até|tot|do|до|至|から|upto|up to)\s+|至|から",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Separator();

    [GeneratedRegex("^(1[0-9]{3}|2[0-9]{3})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})(st|nd|rd|th|er|º|ª|\.)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex DayAlone();

    /// <summary>Words that stand between a day, a month and a year.</summary>
    [GeneratedRegex(@"^(de|del|of|р\.?|року|г\.?|/|-)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Filler();
}
