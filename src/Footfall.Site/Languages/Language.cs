using System.Globalization;
using System.Text.Json;

namespace Footfall.Site;

/// <summary>A page's language: its words, its direction, and how it writes dates, numbers and lists.</summary>
public sealed class Language
{
    private static readonly Lazy<Cldr> Data = new(() =>
        JsonSerializer.Deserialize(Assets.Embedded("cldr.json"), LanguageJson.Default.Cldr)!);

    private readonly CldrLanguage rules;

    private Language(string tag, string wordsTag)
    {
        Tag = tag;
        Words = WordsOf(wordsTag);
        rules = Data.Value.Languages[wordsTag];
        IsRightToLeft = Data.Value.RightToLeft.Contains(LanguageTag.Primary(tag)) && !tag.Contains("-Latn", StringComparison.Ordinal);
        HasWords = LanguageTag.Primary(tag) == LanguageTag.Primary(wordsTag);
    }

    public static Language English { get; } = new("en", "en");

    /// <summary>The languages that have words, English first.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Data.Value.Languages.Keys.OrderByDescending(tag => tag == "en")];

    /// <summary>The BCP 47 tag for <c>lang</c>, such as <c>de-AT</c>.</summary>
    public string Tag { get; }

    public LanguageWords Words { get; }

    public bool IsRightToLeft { get; }

    /// <summary>Whether <see cref="Words"/> are of this language, and not the English ones for want of any.</summary>
    public bool HasWords { get; }

    /// <summary>From <c>{0}</c> to <c>{1}</c>.</summary>
    public string Range => rules.Range;

    /// <param name="tag">A BCP 47 tag in any case, with <c>-</c> or <c>_</c>.</param>
    /// <returns>Null where it is no such tag.</returns>
    public static Language? Find(string tag) =>
        LanguageTag.Normalize(tag) is { } normal ? new(normal, LanguageTag.Closest(normal, Known) ?? "en") : null;

    /// <summary>The words of a language that is <see cref="Known"/>.</summary>
    internal static LanguageWords WordsOf(string tag) =>
        JsonSerializer.Deserialize(Assets.Embedded(tag + ".json"), LanguageJson.Default.LanguageWords)!;

    /// <summary>Every name of each month, in a language that is <see cref="Known"/>.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> MonthNamesOf(string tag) => Data.Value.Languages[tag].MonthNames;

    /// <summary>The date for people; a résumé has no use for the day. What is no date stays as it was written.</summary>
    public string Write(ResumeDate date) => date switch
    {
        { Year: { } year, Month: { } month } => rules.Month
            .Replace("{month}", rules.Months[month - 1], StringComparison.Ordinal)
            .Replace("{year}", YearText(year), StringComparison.Ordinal),
        { Year: { } year } => rules.Year.Replace("{year}", YearText(year), StringComparison.Ordinal),
        _ => date.Written,
    };

    /// <summary>Digits in groups, always the Western ones: they are what readers and programs find everywhere.</summary>
    /// <param name="number">Not negative.</param>
    public string Write(long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var grouping = rules.Grouping;
        if (digits.Length < grouping.Primary + grouping.Least)
        {
            return digits;
        }

        List<string> groups = [digits[^grouping.Primary..]];
        var end = digits.Length - grouping.Primary;
        for (; end > 0; end -= grouping.Secondary)
        {
            groups.Insert(0, digits[Math.Max(0, end - grouping.Secondary)..end]);
        }

        return string.Join(grouping.Separator, groups);
    }

    public string WriteVisits(long number) => Write(Words.Visits, number);

    public string WriteVisitors(long number) => Write(Words.Visitors, number);

    /// <returns>Null for no items.</returns>
    public string? WriteList(params IEnumerable<string?> items) =>
        string.Join(Words.List, items.OfType<string>()) is { Length: > 0 } list ? list : null;

    public string WriteLabelled(string label, string text) =>
        Words.Labelled.Replace("{0}", label, StringComparison.Ordinal).Replace("{1}", text, StringComparison.Ordinal);

    /// <summary>The name of the plural form that goes with a number: <c>one</c>, <c>few</c>, <c>other</c>, ...</summary>
    internal string PluralForm(long number) =>
        rules.Plural.FirstOrDefault(form => PluralRule.Holds(form.Value, number)).Key ?? "other";

    private static string YearText(int year) => year.ToString("D4", CultureInfo.InvariantCulture);

    private string Write(IReadOnlyDictionary<string, string> forms, long number) =>
        (forms.TryGetValue(PluralForm(number), out var form) ? form : forms["other"])
        .Replace("{0}", Write(number), StringComparison.Ordinal);
}
