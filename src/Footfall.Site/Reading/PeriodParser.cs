using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Reads what says in one text from when to when: "2015-2019", "Jan 2015 – present", "since 2015", "2015/16".</summary>
internal static partial class PeriodParser
{
    /// <summary>In years: who was somewhere for longer does not write the end with two digits.</summary>
    private const int LongestShortSpan = 15;

    private const int Century = 100;

    /// <returns>Null where it is no such text; an end of null goes on.</returns>
    public static (ResumeDate From, ResumeDate? To)? Parse(string text)
    {
        if (text.Length > DateParser.LongestText)
        {
            return null;
        }

        var plain = DateParser.WithoutBrackets(CleanText.WithWesternDigits(text));
        if (ShortYears().Match(plain) is { Success: true } years)
        {
            return FromShortYears(years);
        }

        return OpenBeginning(plain) is { } beginning ? (beginning, null) : TwoDates(plain);
    }

    /// <summary>A beginning or an end with the word that says so: "since 2015", "bis 04/2015", "2018年3月まで".</summary>
    public static ResumeDate? ParseBound(string text) => DateParser.Parse(WithoutWords(text));

    /// <summary>Whether a text that is no date says two of them, or that there is an end.</summary>
    public static bool IsSpan(string text) => Year().Count(text) > 1 || (Year().IsMatch(text) && Joint().IsMatch(text));

    private static (ResumeDate From, ResumeDate? To)? FromShortYears(Match years)
    {
        var from = Number(years.Groups["from"].Value);
        var to = (from / Century * Century) + Number(years.Groups["to"].Value);
        var end = to <= from ? to + Century : to;
        return end - from <= LongestShortSpan ? (YearOf(from), YearOf(end)) : null;
    }

    /// <summary>"2015 –", "2015+", "since 2015", "2015 onwards", "2015年起".</summary>
    private static ResumeDate? OpenBeginning(string text)
    {
        if (text is [.. var before, '-' or '–' or '—' or '+' or '~'] && DateParser.Parse(before) is { } open)
        {
            return open;
        }

        var bare = SinceBehind().Replace(Since().Replace(text, "", 1), "", 1);
        return bare.Length < text.Length ? DateParser.Parse(bare) : null;
    }

    private static (ResumeDate From, ResumeDate? To)? TwoDates(string text)
    {
        foreach (Match separator in Separator().Matches(text))
        {
            var (first, second) = (text[..separator.Index].Trim(), text[(separator.Index + separator.Length)..].Trim());
            var to = ParseBound(second);
            if (to is null && !DateParser.MeansNow(second))
            {
                continue;
            }

            if ((ParseBound(first) ?? MonthBefore(first, to)) is { } from && !IsBefore(to, from))
            {
                return (from, to);
            }
        }

        return null;
    }

    /// <summary>The beginning of "May – June 2018", which has the end's year.</summary>
    private static ResumeDate? MonthBefore(string name, ResumeDate? end) =>
        end is { Year: { } year, Month: { } last } && DateParser.Month(name) is { } month && month <= last
            ? ResumeDate.FromParts(Text(year), Text(month), "")
            : null;

    private static bool IsBefore(ResumeDate? end, ResumeDate beginning) =>
        end is not null && (end.Year < beginning.Year || (end.Year == beginning.Year && end.Month < beginning.Month));

    private static string WithoutWords(string text)
    {
        var plain = DateParser.WithoutBrackets(text);
        var folded = FoldedText.Of(plain);
        var until = folded.Length == plain.Length && DateParser.Until().Match(folded) is { Success: true } match ? match.Length : 0;
        return UntilBehind().Replace(SinceBehind().Replace(Since().Replace(plain[until..], "", 1), "", 1), "", 1);
    }

    private static ResumeDate YearOf(int year) => ResumeDate.FromParts(Text(year), "", "")!;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>"2015-16" is no month; "2010 - 11" is none, either, as nobody writes a month so.</summary>
    [GeneratedRegex("^(?<from>[0-9]{4})([-–/](?<to>1[3-9]|[2-9][0-9])| [-–/] (?<to>[0-9]{2}))$", RegexOptions.ExplicitCapture)]
    private static partial Regex ShortYears();

    [GeneratedRegex(
        @"\s*(->|--+|\.\.\.|[–—~～〜→…])\s*|\s+[-|]\s+|-|/|\s+(to|until|till?|through|thru|up ?to|bis|à|au|a|al|alla|até|ao|hasta|fino a[ld]?|tot( en met)?|t/m|do|до|по|حتى|إلى|الى|עד)\s+|至|到|から|에서",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    /// <summary>What joins a beginning and an end, and nothing within a date.</summary>
    [GeneratedRegex(@"[–—~～〜→]|\s-\s|->|\s(to|until|bis)\s", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex(@"(?<![0-9])(1[0-9]|20)[0-9]{2}(?![0-9])", RegexOptions.ExplicitCapture)]
    private static partial Regex Year();

    /// <summary>What stands before a beginning.</summary>
    [GeneratedRegex(
        @"^((since|from|seit|ab|von|vom|depuis|dès|desde|dal|da|dalla|sinds|vanaf|van|od|з|із|від|c|منذ|من|מאז)\s+|自从?|自從?|从|從|מ-)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Since();

    /// <summary>What stands behind one.</summary>
    [GeneratedRegex(
        @"\s*([-–]?onwards?|起|以降|以来|以來|より|から|부터|\sसे|(['’][td][ae]n|\syılından|\sitibaren)(\s(beri|itibaren|bu\syana))?)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex SinceBehind();

    /// <summary>What stands behind an end.</summary>
    [GeneratedRegex(@"\s*(まで|까지|तक|为止|為止|kadar)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex UntilBehind();
}
