using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Reads what résumés call a date: ISO 8601 as far as the writer went, and the forms of many languages where they can
/// only mean one month. <c>01/02/2020</c> is January to one reader and February to another: it is no date.
/// </summary>
internal static partial class DateParser
{
    /// <summary>In characters: nobody writes a date at such a length, and no pattern here takes long over a text that is shorter.</summary>
    public const int LongestText = 100;

    /// <summary>The eras of Japan and of the Republic of China, with the year before their first.</summary>
    private static readonly (string Era, int Before)[] Eras =
        [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("民國", 1911), ("民国", 1911), ("R", 2018), ("H", 1988), ("S", 1925)];

    private static readonly Lazy<HashSet<string>> Now = new(() => Language.Known
        .SelectMany(tag => Language.WordsOf(tag).Now)
        .Select(Simplified)
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>The month's number by its name, in every language of the page; where two disagree, the name is none.</summary>
    private static readonly Lazy<Dictionary<string, int>> Months = new(() => Language.Known
        .SelectMany(tag => Language.MonthNamesOf(tag).Concat(Language.WordsOf(tag).Months ?? []))
        .SelectMany((names, index) => names.Select(name => (Name: Simplified(name), Month: (index % 12) + 1)))
        .GroupBy(name => name.Name, StringComparer.Ordinal)
        .Where(names => names.DistinctBy(name => name.Month).Count() == 1)
        .ToDictionary(names => names.Key, names => names.First().Month, StringComparer.Ordinal));

    public static bool MeansNow(string text)
    {
        var simplified = Simplified(text);
        return Now.Value.Contains(simplified)
            || Now.Value.Contains(Until().Replace(simplified, "", 1))
            || text is "-" or "–" or "—" or "~" or "…" or "...";
    }

    /// <returns>Null for what is no date, or not surely one.</returns>
    public static ResumeDate? Parse(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        var plain = WithoutEra(WithWesternNumerals(WithoutBrackets(text)));
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

    /// <summary>From 1 to 12; null for what is no month's name in any language of the page.</summary>
    public static int? Month(string name) => Months.Value.TryGetValue(Simplified(name), out var month) ? month : null;

    /// <summary>Without what people put around a date, and with one kind of hyphen.</summary>
    public static string WithoutBrackets(string text) =>
        text.Trim().Trim('(', ')', '[', ']').TrimEnd('.', ',').Trim().Replace('\u2011', '-').Replace('\u2212', '-');

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

    /// <summary><c>二〇一五年十二月</c> as <c>2015年12月</c>; the digits of all scripts as 0 to 9.</summary>
    private static string WithWesternNumerals(string text) =>
        ChineseNumber().Replace(CleanText.WithWesternDigits(text), number => FromChinese(number.Value));

    private static string FromChinese(string number)
    {
        const string Digits = "〇一二三四五六七八九";
        var ten = number.IndexOf('十', StringComparison.Ordinal);
        return ten < 0
            ? string.Concat(number.Replace('零', '〇').Select(digit => Digits.IndexOf(digit, StringComparison.Ordinal)))
            : ((ten == 0 ? 10 : 10 * Number(FromChinese(number[..ten]))) + (ten == number.Length - 1 ? 0 : Number(FromChinese(number[(ten + 1)..]))))
                .ToString(CultureInfo.InvariantCulture);
    }

    /// <summary><c>令和3年4月</c>, <c>H27.5</c>, <c>民國109年</c>: the year of an era as that of the common one.</summary>
    private static string WithoutEra(string text)
    {
        foreach (var (era, before) in Eras)
        {
            if (text.StartsWith(era, StringComparison.Ordinal) && EraYear().Match(text, era.Length) is { Success: true } match)
            {
                var number = match.Groups["year"].Value is "元" ? "1" : match.Groups["year"].Value;
                return (before + Number(number)).ToString(CultureInfo.InvariantCulture) + text[(match.Index + match.Length)..];
            }
        }

        return text;
    }

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

    /// <summary>"Sept 2015", "May 17th, 2010", "17 de mayo de 2015", "2015 r.": a year, perhaps a month's name, perhaps a day.</summary>
    private static ResumeDate? FromNames(string text)
    {
        string? year = null, month = null, day = null;
        var words = Words(text);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (YearAlone().IsMatch(word) && year is null)
            {
                year = word;
            }
            else if (month is null && MonthAt(words, i) is (var number, var length))
            {
                month = number.ToString(CultureInfo.InvariantCulture);
                i += length - 1;
            }
            else if (DayAlone().Match(word) is { Success: true } match && day is null)
            {
                day = match.Groups["day"].Value;
            }
            else if (!Filler().IsMatch(Simplified(word)))
            {
                return null;
            }
        }

        var isYearInWords = day is null && text.Any(char.IsLetter) && text.AsSpan().IndexOfAny("-–—/") < 0;
        return year is not null && (month is not null || isYearInWords) ? ResumeDate.FromParts(year, month ?? "", day ?? "") : null;
    }

    /// <summary>Some months have a name of two words.</summary>
    private static (int Month, int Words)? MonthAt(string[] words, int index) =>
        index + 1 < words.Length && Month($"{words[index]} {words[index + 1]}") is { } two ? (two, 2)
        : Month(words[index]) is { } one ? (one, 1)
        : null;

    private static string[] Words(string text)
    {
        var parted = string.Concat(text.Select((character, index) =>
            index > 0 && char.IsAsciiDigit(character) != char.IsAsciiDigit(text[index - 1]) && IsParted(text[index - 1], character) ? $" {character}" : $"{character}"));
        return parted.Split([' ', ',', '-', '/', '\u00A0', '\u202F', '\u2009', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>"May2015" is two words, and "2015م" too; "17th" is one.</summary>
    private static bool IsParted(char before, char character) =>
        char.IsLetter(before) || (char.IsLetter(character) && !char.IsAsciiLetter(character) && character is not ('º' or 'ª'));

    private static string Simplified(string text) =>
        FoldedText.Of(text.Trim().Trim('.', '(', ')', '[', ']', '!', '…', '॰', '׳', '\'').Trim());

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(([-/]|\. ?)(?<month>[0-9]{1,2})(([-/]|\. ?)(?<day>[0-9]{1,2})([T ][0-9:.,]*(Z|[+-][0-9:]+)?)?)?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        "^(?<month>[0-9]{1,2})( ?[-/.] ?| )(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex MonthFirst();

    /// <summary>With points the day comes first, wherever points are used.</summary>
    [GeneratedRegex(
        @"^(?<day>[0-9]{1,2})\. ?(?<month>[0-9]{1,2})\. ?(?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DayFirst();

    [GeneratedRegex(
        "^(?<year>[0-9]{4}) ?[年년]( ?(?<month>[0-9]{1,2}) ?[月월]( ?(?<day>[0-9]{1,2}) ?[日일号號])?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EastAsian();

    [GeneratedRegex("[〇零一二三四五六七八九十]+(?=[年月日])")]
    private static partial Regex ChineseNumber();

    /// <summary>With a sign behind it that makes it a year: "H27" alone may be anything.</summary>
    [GeneratedRegex(@"\G ?(?<year>[0-9]{1,3}|元)(?= ?年|[./-][0-9])", RegexOptions.ExplicitCapture)]
    private static partial Regex EraYear();

    [GeneratedRegex(
        "^(?<first>[0-9]{1,2})[-/](?<second>[0-9]{1,2})[-/](?<year>[0-9]{4})$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Slashed();

    [GeneratedRegex("^(1[0-9]{3}|2[0-9]{3})$", RegexOptions.ExplicitCapture)]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})(st|nd|rd|th|er|º|ª|\.)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DayAlone();

    /// <summary>Words that stand between a day, a month and a year, as <see cref="Simplified"/> leaves them.</summary>
    [GeneratedRegex("^(de|del|of|the|in|im|en|em|w|dnia|r|roku|yili|р|рік|року|г|у|в|м|م|عام|سنه|שנת|सन|साल|/|-)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Filler();

    /// <summary>What says "until", as <see cref="Simplified"/> leaves it.</summary>
    [GeneratedRegex(
        @"^((up ?to|until|till?|to|bis(( auf)? (zum|zur))?|jusqu'(a|au)|jusque|a|au|al|a la|hasta( la| el)?|ate( (o|a|ao))?|ao|ad|fino a[ld]?|do|до|по|tot( en met)?|t/m|حتي|الي|עד|kadar) +|(至|到))",
        RegexOptions.ExplicitCapture)]
    internal static partial Regex Until();
}
