using Microsoft.Extensions.Primitives;

namespace Footfall.Server;

/// <summary>The field <c>Forwarded</c> (RFC 7239): an element for each proxy on the way, the last proxy's last.</summary>
internal static class ForwardedField
{
    /// <summary>
    /// For whom each proxy asked, as <c>X-Forwarded-For</c> would say it; null when the last one does not say.
    /// </summary>
    public static string? Addresses(StringValues lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        string?[] addresses = [.. Elements(lines).Select(element => Find(element, "for"))];
        return addresses is [.., not null] ? string.Join(", ", addresses.Select(address => address ?? "unknown")) : null;
    }

    /// <summary>The host that the reader asked for, by the first proxy that says so; null when none does.</summary>
    public static string? Host(StringValues lines) => Values(lines, "host").FirstOrDefault();

    /// <summary>What each proxy says under a name, of those that say anything.</summary>
    public static IEnumerable<string> Values(StringValues lines, string name) =>
        lines.Count == 0 ? [] : Elements(lines).Select(element => Find(element, name)).OfType<string>();

    // Cut from the right: what the last proxy wrote is well-formed, and what a client wrote before it may be anything,
    // such as a quotation mark without its other half.
    private static IEnumerable<string> Elements(StringValues lines) =>
        lines.SelectMany(line => Enumerable.Reverse(CutFromRight(line ?? "", ',')));

    private static string? Find(string element, string name)
    {
        foreach (var pair in CutFromRight(element, ';'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(..equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return pair[(equals + 1)..].Trim().Trim('"');
            }
        }

        return null;
    }

    private static List<string> CutFromRight(string text, char separator)
    {
        var parts = new List<string>();
        var end = text.Length;
        var isQuoted = false;
        for (var index = text.Length - 1; index >= 0; index--)
        {
            isQuoted ^= text[index] == '"';
            if (text[index] == separator && !isQuoted)
            {
                parts.Add(text[(index + 1)..end]);
                end = index;
            }
        }

        parts.Add(text[..end]);
        return parts;
    }
}
