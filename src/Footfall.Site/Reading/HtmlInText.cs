using System.Net;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// HTML in a text that is none: its tags go, its text stays, and links, lists and paragraphs are
/// said in Markdown. Only HTML's own elements are tags: <c>List&lt;string&gt;</c> stays as it is.
/// </summary>
internal static partial class HtmlInText
{
    private const string Elements =
        "a|abbr|address|article|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|embed|figure|font|footer|form"
        + "|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|object|ol|p|pre|q|s|samp"
        + "|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video";

    public static bool IsIn(string text) => Tag().IsMatch(text) || Entity().IsMatch(text);

    public static string Strip(string text)
    {
        var linked = Anchor().Replace(text, Link);
        var plain = Tag().Replace(Comment().Replace(linked, ""), tag => Meaning(tag));
        return WebUtility.HtmlDecode(plain).Trim();
    }

    private static string Link(Match anchor) => Address().Match(anchor.Groups["attributes"].Value) is { Success: true } address
        ? $"[{anchor.Groups["text"].Value}]({address.Groups["href"].Value})"
        : anchor.Value;

    private static string Meaning(Match tag) => (tag.Groups["name"].Value.ToLowerInvariant(), IsEnd: tag.Value[1] == '/') switch
    {
        ("br" or "hr", _) => "\n",
        ("li", false) => "\n- ",
        ("p" or "div" or "ul" or "ol" or "blockquote" or "tr" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6", _) => "\n\n",
        _ => "",
    };

    [GeneratedRegex(
        @"</?(?<name>" + Elements + @")(\s[^<>]*)?/?>", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<a(?<attributes>\s[^<>]*)>(?<text>[^<>\[\]]+)</a>", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\shref\s*=\s*[""']?(?<href>[^""'\s]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("<!--(?>[^>]*)>(?<=-->)")]
    private static partial Regex Comment();

    [GeneratedRegex("&(amp|lt|gt|quot|apos|nbsp|mdash|ndash|hellip|rsquo|lsquo|ldquo|rdquo|bull|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});", RegexOptions.ExplicitCapture)]
    private static partial Regex Entity();
}
