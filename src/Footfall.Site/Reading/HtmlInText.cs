using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// HTML in a text that is none: its tags go, its text stays, and links, lists and paragraphs are said in Markdown or
/// plainly. Only HTML's own elements are tags, and none in code: <c>List&lt;string&gt;</c> and <c>List&lt;object&gt;</c>
/// stay as they are, and so does <c>`&lt;b&gt;`</c>.
/// </summary>
internal static partial class HtmlInText
{
    private const string CommentStart = "<!--";
    private const string CommentEnd = "-->";

    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi", "bdo", "big",
        "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data",
        "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure",
        "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i",
        "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "marquee", "math", "menu", "meta",
        "meter", "nav", "nobr", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture", "pre", "progress",
        "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "slot", "small", "source", "span", "strike", "strong",
        "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
        "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xml", "o:p", "!doctype",
    };

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "!doctype",
    };

    /// <summary>Elements whose content nobody is meant to read.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "svg", "template" };

    public static bool IsIn(string text) =>
        Tags(text).Count > 0
        || text.Contains(CommentStart, StringComparison.Ordinal)
        || Entity().Matches(text).Any(entity => WebUtility.HtmlDecode(entity.Value) != entity.Value);

    /// <summary>Whether it has what is left out with its content.</summary>
    public static bool HasCode(string text) => Tags(text).Exists(tag => Hidden.Contains(tag.Groups["name"].Value));

    /// <summary>For a place that takes Markdown.</summary>
    public static string ToMarkdown(string text) => Strip(text, isMarkdown: true);

    /// <summary>For a place that takes text alone.</summary>
    public static string ToPlain(string text) => Strip(text, isMarkdown: false);

    private static string Strip(string text, bool isMarkdown)
    {
        var html = WithoutComments(text);
        var tags = Tags(html);
        var lastEnds = new Dictionary<string, Match>(StringComparer.Ordinal);
        foreach (var end in tags.Where(IsEnd))
        {
            lastEnds[NameOf(end)] = end;
        }

        var writer = new HtmlTextWriter(isMarkdown);
        var (position, hidden) = (0, "");
        foreach (var tag in tags)
        {
            if (hidden.Length == 0)
            {
                writer.Write(html.AsSpan(position, tag.Index - position));
                writer.Apply(NameOf(tag), IsEnd(tag), tag.Groups["attributes"].Value);
                hidden = !IsEnd(tag) && Hidden.Contains(NameOf(tag)) && lastEnds.GetValueOrDefault(NameOf(tag))?.Index > tag.Index ? NameOf(tag) : "";
            }
            else if (IsEnd(tag) && NameOf(tag) == hidden)
            {
                hidden = "";
            }

            position = tag.Index + tag.Length;
        }

        writer.Write(html.AsSpan(position));
        return writer.ToString();
    }

    private static string NameOf(Match tag) => tag.Groups["name"].Value.ToLowerInvariant();

    private static bool IsEnd(Match tag) => tag.Value[1] == '/';

    /// <summary>A comment that does not end is none.</summary>
    private static string WithoutComments(string text)
    {
        var start = text.IndexOf(CommentStart, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        var rest = text.AsSpan();
        var kept = new StringBuilder();
        while ((start = rest.IndexOf(CommentStart)) >= 0 && rest[start..].IndexOf(CommentEnd) is var length and >= 0)
        {
            _ = kept.Append(rest[..start]);
            rest = rest[(start + length + CommentEnd.Length)..];
        }

        return kept.Append(rest).ToString();
    }

    private static List<Match> Tags(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return [];
        }

        var tags = Tag().Matches(text).Where(tag => Elements.Contains(tag.Groups["name"].Value)).ToList();
        var ended = tags.Where(IsEnd).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var code = Code().Matches(text);
        var next = 0;
        return
        [
            .. tags.Where(tag =>
            {
                while (next < code.Count && code[next].Index + code[next].Length <= tag.Index)
                {
                    next++;
                }

                var isCode = next < code.Count && code[next].Index < tag.Index;
                return !isCode && !IsTypeArgument(tag, text, ended);
            }),
        ];
    }

    /// <summary>As in <c>List&lt;object&gt;</c>: right behind a word, and nothing ends it.</summary>
    private static bool IsTypeArgument(Match tag, string text, HashSet<string> ended) =>
        tag.Index > 0 && char.IsLetterOrDigit(text[tag.Index - 1]) && !IsEnd(tag)
        && tag.Groups["attributes"].Length == 0 && !Void.Contains(NameOf(tag)) && !ended.Contains(NameOf(tag));

    [GeneratedRegex(@"</?(?<name>!?[a-zA-Z][a-zA-Z0-9:]*)(?<attributes>\s[^<>]*)?/?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex("&([a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6});", RegexOptions.ExplicitCapture)]
    private static partial Regex Entity();
}
