using System.Buffers;
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

    /// <summary>Letters that Russian, Bulgarian and Serbian do not have.</summary>
    private static readonly SearchValues<char> UkrainianLetters = SearchValues.Create("іїєґІЇЄҐ");

    /// <summary>Letters that Ukrainian does not have, and of those around it Russian alone has.</summary>
    private static readonly SearchValues<char> RussianLetters = SearchValues.Create("ыэёЫЭЁ");

    /// <summary>Letters, or forms of them, that Arabic does not have.</summary>
    private static readonly SearchValues<char> PersianLetters = SearchValues.Create("پچژگکی");

    /// <summary>Letters that neither Arabic nor Persian has.</summary>
    private static readonly SearchValues<char> UrduLetters = SearchValues.Create("ٹڈڑںےہ");

    private static readonly Lazy<Dictionary<string, HashSet<string>>> CommonWords = new(() => Language.Known.ToDictionary(
        tag => tag,
        tag => Language.WordsOf(tag).CommonWords.ToHashSet(StringComparer.OrdinalIgnoreCase),
        StringComparer.Ordinal));

    /// <returns>
    /// The tag of one of <see cref="Language.Known"/>, or of another that its letters tell; null where the text does not tell.
    /// </returns>
    public static string? Recognize(string text)
    {
        var kana = text.Count(IsKana);
        (string Script, int Weight)[] scripts =
        [
            ("Latin", text.Count(IsLatin)),
            ("Han", (text.Count(IsHan) + kana) * IdeographWeight),
            ("ko", text.Count(IsHangul) * IdeographWeight),
            ("ar", text.Count(IsArabic)),
            ("he", text.Count(IsHebrew)),
            ("hi", text.Count(IsDevanagari)),
            ("uk", text.Count(IsCyrillic)),
        ];
        var script = scripts.MaxBy(script => script.Weight);
        return script switch
        {
            { Weight: 0 } => null,
            { Script: "Latin" } => ByWords(Word().Matches(text).Select(word => word.Value), tag => !IsChinese(tag)),
            { Script: "Han" } => kana > 0 ? "ja" : ByWords(text.Select(character => $"{character}"), IsChinese) ?? "zh-Hans",
            { Script: "uk" } => text.AsSpan().ContainsAny(UkrainianLetters) ? "uk" : text.AsSpan().ContainsAny(RussianLetters) ? "ru" : null,
            { Script: "ar" } => text.AsSpan().ContainsAny(UrduLetters) ? "ur" : text.AsSpan().ContainsAny(PersianLetters) ? "fa" : "ar",
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

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    private static bool IsLatin(char letter) => char.IsAsciiLetter(letter) || letter is >= '\u00C0' and <= '\u024F';

    private static bool IsHan(char letter) => letter is >= '\u3400' and <= '\u9FFF';

    private static bool IsKana(char letter) => letter is >= '\u3040' and <= '\u30FF';

    private static bool IsHangul(char letter) => letter is (>= '\u1100' and <= '\u11FF') or (>= '\uAC00' and <= '\uD7AF');

    private static bool IsArabic(char letter) => letter is >= '\u0600' and <= '\u06FF';

    private static bool IsHebrew(char letter) => letter is >= '\u0590' and <= '\u05FF';

    private static bool IsDevanagari(char letter) => letter is >= '\u0900' and <= '\u097F';

    private static bool IsCyrillic(char letter) => letter is >= '\u0400' and <= '\u04FF';
}
