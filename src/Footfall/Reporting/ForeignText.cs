using System.Buffers;
using System.Net;
using System.Text;

namespace Footfall.Reporting;

/// <summary>
/// Text that somebody else may have written, such as a link's name from a file, made into what a reader shows as that
/// text and nothing more: no markup, no link, no picture, nobody called.
/// </summary>
internal static class ForeignText
{
    // Behind an @ it keeps chats from taking what follows for somebody to call; nobody sees it.
    private const string Apart = "\u200B";

    // What CommonMark and the chats' own Markdown give a meaning to; each may have a backslash before it.
    private static readonly SearchValues<char> MarkdownCharacters = SearchValues.Create(@"\`*_{}[]()<>#+-.!|~&:");

    /// <summary>For a terminal, or a mail of plain text: one line that reads in its own direction.</summary>
    public static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsLineBreak(rune) ? " " : IsOrder(rune) ? "" : rune.ToString()));

    public static string Html(string text) => WebUtility.HtmlEncode(Plain(text));

    public static string Markdown(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in Plain(text))
        {
            escaped.Append(MarkdownCharacters.Contains(character) ? "\\" : "").Append(character)
                .Append(character == '@' ? Apart : "");
        }

        return escaped.ToString();
    }

    /// <summary>
    /// For the <c>text</c> of Slack (its "Formatting text for app surfaces") and Mattermost, which reads Markdown but has
    /// no need of a backslash where a link's or a picture's parts stand apart.
    /// </summary>
    public static string Slack(string text) => Plain(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("@", $"@{Apart}", StringComparison.Ordinal)
        .Replace("](", $"]{Apart}(", StringComparison.Ordinal);

    private static bool IsLineBreak(Rune rune) => rune.Value is 0x2028 or 0x2029 || Rune.IsControl(rune);

    // Marks that turn the order of the letters round them (Unicode, UAX #9).
    private static bool IsOrder(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
