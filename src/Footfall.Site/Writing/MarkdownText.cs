using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Footfall.Site;

/// <summary>
/// A writer's text with the part of Markdown that a résumé has a use for: links, emphasis, code, lists, paragraphs.
/// Everything else is text, HTML above all. A line break stays one.
/// </summary>
public static partial class MarkdownText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly MarkdownPipeline Pipeline = MakePipeline();

    /// <summary>The text as HTML: paragraphs and lists; none where there is nothing to say.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        foreach (var block in Parse(text))
        {
            WriteBlock(html, block, wrap: true);
        }

        return html.ToString();
    }

    /// <summary>The same for a place that is a paragraph itself: its one paragraph has no tags.</summary>
    public static string ToInlineHtml(string text)
    {
        var document = Parse(text);
        ContainerBlock blocks = document is [ListBlock { Count: 1 } list] ? (ContainerBlock)list[0] : document;
        var html = new StringBuilder();
        foreach (var block in blocks)
        {
            WriteBlock(html, block, wrap: blocks.Count > 1 && block is ParagraphBlock);
        }

        return html.ToString();
    }

    /// <summary>The words alone, for places that show nothing else.</summary>
    public static string ToPlain(string text)
    {
        var plain = new StringBuilder();
        foreach (var leaf in Parse(text).Descendants())
        {
            _ = leaf switch
            {
                LiteralInline literal => plain.Append(literal.Content.AsSpan()),
                CodeInline code => plain.Append(code.Content),
                LineBreakInline => plain.Append('\n'),
                HtmlEntityInline entity => plain.Append(entity.Transcoded.AsSpan()),
                DelimiterInline delimiter => plain.Append(delimiter.ToLiteral()),
                ParagraphBlock when plain.Length > 0 => plain.Append('\n'),
                _ => plain,
            };
        }

        return plain.ToString().Trim();
    }

    private static MarkdownPipeline MakePipeline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().DisableHeadings();
        _ = builder.BlockParsers.TryRemove<ThematicBreakParser>();
        _ = builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        _ = builder.BlockParsers.TryRemove<FencedCodeBlockParser>();
        _ = builder.BlockParsers.TryRemove<QuoteBlockParser>();
        builder.BlockParsers.Find<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.Build();
    }

    private static MarkdownDocument Parse(string text)
    {
        try
        {
            return Markdown.Parse(Shielded(text), Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's word for brackets or emphasis a hundred deep: nobody means that as Markdown.
            return Markdown.Parse(string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || !char.IsAscii(letter) || char.IsWhiteSpace(letter) ? $"{letter}" : $"\\{letter}")), Pipeline);
        }
    }

    /// <summary>
    /// Without what Markdown would take for its own and no writer of a résumé means: a definition ("[1]: …" disappears),
    /// a number at the start of a text that is no list ("2019. A good year" loses it). What word processors put before
    /// the items of a list is Markdown's mark for one.
    /// </summary>
    private static string Shielded(string text)
    {
        var shielded = Bullet().Replace(Definition().Replace(text, "\\$0"), "${indent}- ");
        return Numbered().Count(shielded) > 1 ? shielded : Numbered().Replace(shielded, "${indent}${number}\\${mark}${space}");
    }

    private static void WriteBlock(StringBuilder html, Block block, bool wrap)
    {
        switch (block)
        {
            case ListBlock list:
                WriteList(html, list);
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                {
                    WriteBlock(html, inner, wrap);
                }

                break;
            case LeafBlock { Inline: { } inline }:
                _ = html.Append(wrap ? "<p dir=\"auto\">" : "");
                WriteInlines(html, inline);
                _ = html.Append(wrap ? "</p>\n" : "");
                break;
        }
    }

    private static void WriteList(StringBuilder html, ListBlock list)
    {
        var isNumbered = list.IsOrdered;
        var start = isNumbered && list.OrderedStart is { } first && first != "1" ? $" start=\"{first}\"" : "";
        _ = html.Append(isNumbered ? $"<ol{start}>" : "<ul class=\"bullets\">");
        foreach (var item in list)
        {
            _ = html.Append("<li dir=\"auto\">");
            WriteBlock(html, item, wrap: false);
            _ = html.Append("</li>\n");
        }

        _ = html.Append(isNumbered ? "</ol>\n" : "</ul>\n");
    }

    private static void WriteInlines(StringBuilder html, ContainerInline inlines)
    {
        foreach (var inline in inlines)
        {
            WriteInline(html, inline);
        }
    }

    private static void WriteInline(StringBuilder html, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                _ = html.Append(Encoder.Encode(literal.Content.ToString()));
                break;
            case HtmlEntityInline entity:
                _ = html.Append(Encoder.Encode(entity.Transcoded.ToString()));
                break;
            case LineBreakInline:
                _ = html.Append("<br>\n");
                break;
            case CodeInline code:
                _ = html.Append("<code>").Append(Encoder.Encode(code.Content)).Append("</code>");
                break;
            case EmphasisInline emphasis:
                WriteInside(html, emphasis.DelimiterCount > 1 ? "strong" : "em", emphasis);
                break;
            case LinkInline { IsImage: true } picture:
                WritePicture(html, picture);
                break;
            case LinkInline { Url: { } url } link:
                WriteLink(html, url, link);
                break;
            case AutolinkInline autolink:
                WriteAutolink(html, autolink.Url);
                break;
            case DelimiterInline delimiter:
                // A mark that turned out to be none: what stands behind it is inside of it.
                _ = html.Append(Encoder.Encode(delimiter.ToLiteral()));
                WriteInlines(html, delimiter);
                break;
            case ContainerInline container:
                WriteInlines(html, container);
                break;
        }
    }

    private static void WriteInside(StringBuilder html, string element, ContainerInline content)
    {
        _ = html.Append('<').Append(element).Append('>');
        WriteInlines(html, content);
        _ = html.Append("</").Append(element).Append('>');
    }

    /// <summary>What leads nowhere that a page may lead to is shown beside its text.</summary>
    private static void WriteLink(StringBuilder html, string url, ContainerInline content)
    {
        var target = url is ['#', _, ..] ? url : LinkParser.Parse(url)?.AbsoluteUri;
        _ = html.Append(target is null ? "" : $"<a href=\"{Encoder.Encode(target)}\">");
        var start = html.Length;
        WriteInlines(html, content);
        var isEmpty = html.ToString(start, html.Length - start).All(char.IsWhiteSpace);
        _ = target is null ? html.Append(Encoder.Encode(url.Length == 0 ? "" : isEmpty ? url : $" ({url})"))
            : html.Append(isEmpty ? Encoder.Encode(url) : "").Append("</a>");
    }

    /// <summary>A text shows no pictures, but what they say, and where one is on the web.</summary>
    private static void WritePicture(StringBuilder html, LinkInline picture)
    {
        if (picture.Url is { } url && url.Contains("://", StringComparison.Ordinal))
        {
            WriteLink(html, url, picture);
        }
        else
        {
            WriteInlines(html, picture);
        }
    }

    private static void WriteAutolink(StringBuilder html, string url) => _ = LinkParser.Parse(url) is { } safe
        ? html.Append("<a href=\"").Append(Encoder.Encode(safe.AbsoluteUri)).Append("\">").Append(Encoder.Encode(url)).Append("</a>")
        : html.Append(Encoder.Encode($"<{url}>"));

    // CommonMark's labels have 999 characters at most.
    [GeneratedRegex(@"^ {0,3}\[[^\]]{1,999}\]:", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^(?<indent>[ \t]*)[•·▪‣◦●○■□➤►–—\uF0B7\uF0A7][ \t\u00A0]+(?=\S)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(?<indent> {0,3})(?<number>[0-9]{1,9})(?<mark>[.)])(?<space>\s)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
