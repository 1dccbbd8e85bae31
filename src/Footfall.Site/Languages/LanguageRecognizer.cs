using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Tells a text's language, among those that the page has words in, by its script and its small words.</summary>
internal static partial class LanguageRecognizer
{
    private const int FewestWords = 3;

    /// <summary>One word again and again may be a name.</summary>
    private const int FewestDifferentWords = 2;

    /// <summary>A Chinese, Japanese or Korean character says as much as about three letters.</summary>
    private const int IdeographWeight = 3;

    private static readonly Lazy<Dictionary<string, HashSet<string>>> CommonWords = new(() => Language.Known.ToDictionary(
        tag => tag,
        tag => Language.WordsOf(tag).CommonWords.ToHashSet(StringComparer.OrdinalIgnoreCase),
        StringComparer.Ordinal));

    /// <returns>The tag of one of <see cref="Language.Known"/>; null where the text does not tell.</returns>
    public static string? Recognize(string text)
    {
        var kana = Kana().Count(text);
        (string Script, int Weight)[] scripts =
        [
            ("Latin", Latin().Count(text)),
            ("Han", (Han().Count(text) + kana) * IdeographWeight),
            ("ko", Hangul().Count(text) * IdeographWeight),
            ("ar", Arabic().Count(text)),
            ("he", Hebrew().Count(text)),
            ("hi", Devanagari().Count(text)),
            ("uk", Cyrillic().Count(text)),
        ];
        var script = scripts.MaxBy(script => script.Weight);
        return script switch
        {
            { Weight: 0 } => null,
            { Script: "Latin" } => ByWords(Word().Matches(text).Select(word => word.Value), tag => !IsChinese(tag)),
            { Script: "Han" } => kana > 0 ? "ja" : ByWords(text.Select(character => $"{character}"), IsChinese) ?? "zh-Hans",
            { Script: "uk" } => Ukrainian().IsMatch(text) ? "uk" : null,
            { Script: "ar" } => Persian().IsMatch(text) ? null : "ar",
            _ => script.Script,
        };
    }

    /// <summary>The language with most of its words in the text, if it has clearly more than any other.</summary>
    private static string? ByWords(IEnumerable<string> words, Func<string, bool> isCandidate)
    {
        var found = words.ToList();
        var ranking = CommonWords.Value
            .Where(language => isCandidate(language.Key))
            .Select(language => (Tag: language.Key, Words: found.Where(language.Value.Contains).ToList()))
            .OrderByDescending(language => language.Words.Count)
            .ToList();
        var (first, said) = ranking[0];
        var isSaid = IsChinese(first)
            ? said.Count > 0
            : said.Count >= FewestWords && said.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= FewestDifferentWords;
        return isSaid && said.Count * 2 >= ranking[1].Words.Count * 3 ? first : null;
    }

    private static bool IsChinese(string tag) => LanguageTag.Primary(tag) == "zh";

    [GeneratedRegex(@"\p{L}+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"[a-zA-Z\u00C0-\u024F]", RegexOptions.NonBacktracking)]
    private static partial Regex Latin();

    [GeneratedRegex(@"[\u3400-\u9FFF]", RegexOptions.NonBacktracking)]
    private static partial Regex Han();

    [GeneratedRegex(@"[\u3040-\u30FF]", RegexOptions.NonBacktracking)]
    private static partial Regex Kana();

    [GeneratedRegex(@"[\u1100-\u11FF\uAC00-\uD7AF]", RegexOptions.NonBacktracking)]
    private static partial Regex Hangul();

    [GeneratedRegex(@"[\u0600-\u06FF]", RegexOptions.NonBacktracking)]
    private static partial Regex Arabic();

    [GeneratedRegex(@"[\u0590-\u05FF]", RegexOptions.NonBacktracking)]
    private static partial Regex Hebrew();

    [GeneratedRegex(@"[\u0900-\u097F]", RegexOptions.NonBacktracking)]
    private static partial Regex Devanagari();

    [GeneratedRegex(@"[\u0400-\u04FF]", RegexOptions.NonBacktracking)]
    private static partial Regex Cyrillic();

    /// <summary>Letters that Russian, Bulgarian and Serbian do not have.</summary>
    [GeneratedRegex("[іїєґІЇЄҐ]", RegexOptions.NonBacktracking)]
    private static partial Regex Ukrainian();

    /// <summary>Letters that Arabic does not have.</summary>
    [GeneratedRegex("[پچژگ]", RegexOptions.NonBacktracking)]
    private static partial Regex Persian();
}
