using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Text without what HTML can't carry and nobody means: control characters (NUL, a word processor's vertical tab)
/// and outer space.
/// </summary>
internal static partial class CleanText
{
    public static string Of(string text) => Controls().Replace(text.ReplaceLineEndings("\n"), "").Trim();

    // Lines and tabs stay; U+FEFF is a byte order mark that was pasted along.
    [GeneratedRegex(@"[\p{Cc}\uFEFF\uFFFE\uFFFF-[\n\t]]", RegexOptions.NonBacktracking)]
    private static partial Regex Controls();
}
