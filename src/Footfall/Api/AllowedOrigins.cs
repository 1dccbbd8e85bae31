using System.Text;

namespace Footfall.Api;

/// <summary>
/// The origins whose pages may call the API from elsewhere. A browser sends its page's origin with every POST and
/// no page can change it; it is compared to the letter (RFC 6454, section 6.2), and there is no wildcard.
/// </summary>
public sealed class AllowedOrigins
{
    private readonly HashSet<string> origins;
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="configured">Serialised origins, such as <c>https://example.com</c>.</param>
    /// <exception cref="FormatException">An origin is malformed; the message says which, and what would be right.</exception>
    public AllowedOrigins(IEnumerable<string> configured)
    {
        origins = new HashSet<string>(configured, StringComparer.Ordinal);
        foreach (var origin in origins)
        {
            Validate(origin);
            _ = hosts.Add(new Uri(origin).Host);
        }
    }

    /// <summary>Whether a page of <paramref name="origin"/> may call, and read the answer, from elsewhere.</summary>
    public bool Contain(string origin) => origins.Contains(origin);

    /// <summary>Whether one of the origins has this host, whatever its port.</summary>
    public bool ContainHost(string host) => hosts.Contains(host);

    /// <summary>Whether a text is a serialised origin, and so may be configured.</summary>
    public static bool IsOrigin(string text) =>
        Ascii.IsValid(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.HostNameType is (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
        && uri.UserInfo.Length == 0
        && text == uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether the page's origin is the very host that was called.</summary>
    /// <param name="origin">The Origin field.</param>
    /// <param name="host">The Host field, which no page can choose either.</param>
    internal static bool IsSameOrigin(string origin, string? host) =>
        host is { Length: > 0 }
        && origin.EndsWith(host, StringComparison.Ordinal)
        && origin.AsSpan(..^host.Length) is "https://" or "http://";

    /// <summary>The origin of an address: all before its path. Of what is no address, something that is no origin.</summary>
    internal static string OriginOf(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? -1 : address.AsSpan(scheme + 3).IndexOfAny('/', '?', '#');
        return path < 0 ? address : address[..(scheme + 3 + path)];
    }

    private static void Validate(string origin)
    {
        if (!IsOrigin(origin))
        {
            throw new FormatException(
                $"'{origin}' is no origin. An origin is a scheme and a host in lower case, and a port where it is not the scheme's own, such as https://example.com or http://localhost:8080; no path, no slash at its end, no *.");
        }
    }
}
