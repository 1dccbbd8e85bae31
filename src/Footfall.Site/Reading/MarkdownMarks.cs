using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Markdown in a text that is a name, a title or a word: its marks go. A star or an underscore alone is none.</summary>
internal static partial class MarkdownMarks
{
    public static bool AreIn(string text) => Marks().IsMatch(text);

    public static string Strip(string text) => Marks().Replace(text, match =>
        match.Groups["address"] is { Success: true } address ? $"{match.Groups["text"].Value} ({address.Value})" : match.Groups["text"].Value);

    [GeneratedRegex(
        @"\*\*(?<text>[^\s*](?>[^*]*)(?<=\S))\*\*|(?<!\w)__(?<text>[^\s_](?>[^_]*)(?<=\S))__(?!\w)|`(?<text>[^`\n]+)`|\[(?<text>[^\[\]]+)\]\((?<address>[^()\s]+)\)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Marks();
}
