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

    /// <summary>What stands before a beginning without an end.</summary>
    private static readonly HashSet<string> Since = new(StringComparer.OrdinalIgnoreCase)
    {
        "since", "from", "seit", "ab", "depuis", "desde", "dal", "da", "sinds", "vanaf", "od", "з", "від",
    };

    /// <summary>The eras of Japan and of the Republic of China, with the year before their first.</summary>
    private static readonly (string Era, int Before)[] Eras =
        [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("民國", 1911), ("民国", 1911)];

    /// <summary>In characters: nobody writes a date at such a length, and no pattern here takes long over a text that is shorter.</summary>
    private const int LongestText = 100;

    private static readonly Lazy<HashSet<string>> Now = new(() => Language.Known
        .SelectMany(tag => Language.WordsOf(tag).Now)
        .Select(Simplified)
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The month's number by its name, in every language of the page; where two disagree, the name is none.</summary>
    private static readonly Lazy<Dictionary<string, int>> Months = new(() => Language.Known
        .SelectMany(tag => Language.MonthNamesOf(tag))
        .SelectMany((names, index) => names.Select(name => (Name: Simplified(name), Month: (index % 12) + 1)))
        .Concat([(Name: "sept", Month: 9), (Name: "mrz", Month: 3), (Name: "maerz", Month: 3)])
        .GroupBy(name => name.Name, StringComparer.OrdinalIgnoreCase)
        .Where(names => names.DistinctBy(name => name.Month).Count() == 1)
        .ToDictionary(names => names.Key, names => names.First().Month, StringComparer.OrdinalIgnoreCase));

    public static bool MeansNow(string text) => Now.Value.Contains(Simplified(text)) || text is "-" or "–" or "—";

    /// <returns>Null for what is no date, or not surely one.</returns>
    public static ResumeDate? Parse(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        var plain = WithoutEra(CleanText.WithWesternDigits(text.Trim()));
        if (Compact(plain) is { } compact)
        {
            return compact;
        }

        foreach (var pattern in (Regex[])[YearFirst(), MonthFirst(), DayFirst(), EastAsian()])
        {
            if (pattern.Match(plain) is { Success: true } match)
            {
                return FromMatch(match);
            }
        }

        return Slashed().Match(plain) is { Success: true } slashed ? FromSlashed(slashed) : FromNames(plain);
    }

    /// <summary>Reads "2015-2019", "Jan 2015 – present", "2015/16": two dates in one text.</summary>
    /// <returns>Null where it is no such text; an end of null goes on.</returns>
    public static (ResumeDate From, ResumeDate? To)? ParsePeriod(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        if (ShortYears().Match(text) is { Success: true } years)
        {
            var from = years.Groups["from"].Value;
            var to = from[..2] + years.Groups["to"].Value;
            return Number(to) - Number(from) is > 0 and <= LongestShortSpan ? (Year(from), Year(to)) : null;
        }

        if (text.Length > 0 && text[^1] is '-' or '–' or '—' or '+' or '~' && Parse(text[..^1]) is { } open)
        {
            return (open, null);
        }

        if (text.Split(' ', 2, StringSplitOptions.TrimEntries) is [var since, var beginning] && Since.Contains(since) && Parse(beginning) is { } begun)
        {
            return (begun, null);
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

    /// <summary>A month of 00 is one that a database did not know.</summary>
    private static ResumeDate? FromMatch(Match match)
    {
        var (month, day) = (match.Groups["month"].Value, match.Groups["day"].Value);
        var isKnown = month.Trim('0').Length > 0;
        return ResumeDate.FromParts(match.Groups["year"].Value, isKnown ? month : "", isKnown && day.Trim('0').Length > 0 ? day : "");
    }

    /// <summary><c>20190503</c>, <c>201905</c></summary>
    private static ResumeDate? Compact(string text) => text.Length is 6 or 8 && text.All(char.IsAsciiDigit) && text[..2] is "19" or "20"
        ? ResumeDate.FromParts(text[..4], text[4..6], text[6..])
        : null;

    /// <summary><c>令和3年4月</c>, <c>民國109年</c>: the year of an era as that of the common one.</summary>
    private static string WithoutEra(string text)
    {
        foreach (var (era, before) in Eras)
        {
            var end = text.IndexOf('年', StringComparison.Ordinal);
            if (!text.StartsWith(era, StringComparison.Ordinal) || end < era.Length)
            {
                continue;
            }

            var number = text[era.Length..end].Trim() is "元" ? "1" : text[era.Length..end].Trim();
            return number.Length is > 0 and < 4 && number.All(char.IsAsciiDigit)
                ? (before + Number(number)).ToString(CultureInfo.InvariantCulture) + text[end..]
                : text;
        }

        return text;
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

    private static string[] Words(string text)
    {
        var parted = string.Concat(text.Select((character, index) =>
            index > 0 && char.IsAsciiDigit(character) && char.IsLetter(text[index - 1]) ? $" {character}" : $"{character}"));
        return parted.Split([' ', ',', '-', '/', '\u00A0', '\u202F', '\u2009', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Simplified(string text) => text.Trim().Trim('.', '(', ')', '!', '…').Trim().Replace('’', '\'');

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^(?<year>[0-9]{4})([-/.](?<month>[0-9]{1,2})([-/.](?<day>[0-9]{1,2})([T ][0-9:.,]*(Z|[+-][0-9:]+)?)?)?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        "^(?<month>[0-9]{1,2}) ?[-/.] ?(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex MonthFirst();

    /// <summary>With points the day comes first, wherever points are used.</summary>
    [GeneratedRegex(
        @"^(?<day>[0-9]{1,2})\. ?(?<month>[0-9]{1,2})\. ?(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        "^(?<year>[0-9]{4}) ?[年년]( ?(?<month>[0-9]{1,2}) ?[月월]( ?(?<day>[0-9]{1,2}) ?[日일])?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EastAsian();

    [GeneratedRegex(
        "^(?<first>[0-9]{1,2})[-/](?<second>[0-9]{1,2})[-/](?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Slashed();

    [GeneratedRegex("^(?<from>[0-9]{4})[-–/](?<to>1[3-9]|[2-9][0-9])$", RegexOptions.ExplicitCapture)]
    private static partial Regex ShortYears();

    [GeneratedRegex(
        @"\s*[–—~～〜]\s*|\s+-\s+|-|/|\s+(to|until|till|bis|à|au|a|al|até|tot|do|до|至|から|upto|up to)\s+|至|から",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex("^(1[0-9]{3}|2[0-9]{3})$", RegexOptions.ExplicitCapture)]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})(st|nd|rd|th|er|º|ª|\.)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DayAlone();

    /// <summary>Words that stand between a day, a month and a year.</summary>
    [GeneratedRegex(@"^(de|del|of|р\.?|року|г\.?|/|-)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Filler();
}
