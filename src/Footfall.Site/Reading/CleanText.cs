using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Text without what HTML can't carry and nobody means: control characters (NUL, a word processor's vertical tab)
/// and outer space.
/// </summary>
internal static partial class CleanText
{
    public static string Of(string text) => Controls().Replace(text.ReplaceLineEndings("\n"), "").Trim();

    /// <summary>Arabic-Indic, Devanagari and full-width digits as 0 to 9.</summary>
    public static string WithWesternDigits(string text) => string.Concat(text.Select(character =>
        char.IsDigit(character) ? (char)('0' + (int)char.GetNumericValue(character)) : character));

    // Lines and tabs stay; U+FEFF is a byte order mark that was pasted along.
    [GeneratedRegex(@"[\p{Cc}\uFEFF\uFFFE\uFFFF-[\n\t]]")]
    private static partial Regex Controls();
}
