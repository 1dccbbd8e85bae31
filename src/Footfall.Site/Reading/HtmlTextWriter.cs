using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Writes what HTML says, tag by tag and text by text, as Markdown or as text alone.</summary>
internal sealed partial class HtmlTextWriter(bool isMarkdown)
{
    private readonly StringBuilder written = new();
    private readonly Stack<HtmlList> lists = new();
    private (int Start, string Address)? link;
    private bool isInRow;

    public void Write(ReadOnlySpan<char> text) => written.Append(WebUtility.HtmlDecode(text.ToString()));

    /// <param name="name">The element's, in small letters.</param>
    public void Apply(string name, bool isEnd, string attributes)
    {
        switch (name)
        {
            case "a":
                EndLink();
                link = !isEnd && Attribute(attributes, "href") is { Length: > 0 } address ? (written.Length, address) : null;
                break;
            case "ul" or "ol" or "menu":
                ChangeList(isEnd, isOrdered: name == "ol");
                break;
            case "li" when !isEnd:
                BeginItem();
                break;
            case "img" when Attribute(attributes, "alt") is { } alt:
                _ = written.Append(alt);
                break;
            case "td" or "th" when !isEnd:
                _ = written.Append(isInRow ? ", " : "");
                isInRow = true;
                break;
            default:
                _ = written.Append(BreakAt(name));
                isInRow &= name != "tr";
                break;
        }
    }

    public override string ToString()
    {
        EndLink();
        return written.ToString().Trim();
    }

    private static string BreakAt(string name) => name switch
    {
        "br" or "hr" or "tr" or "option" or "dt" or "dd" or "summary" or "caption" or "legend" or "figcaption" => "\n",
        "address" or "article" or "aside" or "blockquote" or "button" or "center" or "details" or "dialog" or "div" or "dl" or "fieldset" or "figure"
            or "footer" or "form" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "header" or "main" or "nav" or "p" or "pre" or "section"
            or "select" or "table" or "textarea" => "\n\n",
        _ => "",
    };

    private void ChangeList(bool isEnd, bool isOrdered)
    {
        if (!isEnd)
        {
            _ = written.Append(lists.Count == 0 ? "\n\n" : "\n");
            lists.Push(new(isOrdered));
        }
        else if (lists.TryPop(out _) && lists.Count == 0)
        {
            _ = written.Append("\n\n");
        }
    }

    private void BeginItem()
    {
        if (!lists.TryPeek(out var list))
        {
            _ = written.Append("\n- ");
            return;
        }

        var indent = lists.Skip(1).Sum(outer => outer.Marker.Length);
        list.Count++;
        _ = written.Append('\n').Append(' ', indent).Append(list.Marker);
    }

    /// <summary>What leads nowhere that a page may lead to is text.</summary>
    private void EndLink()
    {
        if (link is not var (start, address))
        {
            return;
        }

        link = null;
        var text = string.Join(' ', written.ToString(start, written.Length - start).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        written.Length = start;
        var isLink = LinkParser.Parse(address) is not null || address is ['#', _, ..];
        _ = isLink && isMarkdown ? written.Append($"[{Escaped(text.Length > 0 ? text : address)}]({Typed(address)})")
            : text == address || (!isLink && Script().IsMatch(address)) ? written.Append(text)
            : text.Length == 0 ? written.Append(address)
            : written.Append($"{text} ({address})");
    }

    private static string Escaped(string text) =>
        text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private static string Typed(string address) => address.Replace(" ", "%20", StringComparison.Ordinal)
        .Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);

    private static string? Attribute(string attributes, string name) =>
        Attributes().Matches(attributes).FirstOrDefault(match => match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? WebUtility.HtmlDecode(found.Groups["value"].Value.Trim().Trim('"', '\'')).Trim()
            : null;

    [GeneratedRegex("""\s(?<name>[a-zA-Z-]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"']+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Attributes();

    /// <summary>Addresses that are programs or contents themselves.</summary>
    [GeneratedRegex(@"^\s*(javascript|vbscript|data|blob):", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    private sealed class HtmlList(bool isOrdered)
    {
        public int Count { get; set; }

        public string Marker => isOrdered ? string.Create(CultureInfo.InvariantCulture, $"{Count}. ") : "- ";
    }
}
