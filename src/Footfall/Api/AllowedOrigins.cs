using System.Text;

namespace Footfall.Api;

/// <summary>
/// The origins whose pages may call the API from elsewhere. A browser sends its page's origin with every POST and
/// no page can change it; it is compared to the letter (RFC 6454, section 6.2), and there is no wildcard.
/// </summary>
public sealed class AllowedOrigins
{
    private readonly HashSet<string> origins;

    /// <param name="configured">Serialised origins, such as <c>https://example.com</c>.</param>
    /// <exception cref="FormatException">An origin is malformed; the message says which, and what would be right.</exception>
    public AllowedOrigins(IEnumerable<string> configured)
    {
        origins = new HashSet<string>(configured, StringComparer.Ordinal);
        foreach (var origin in origins)
        {
            Validate(origin);
        }
    }

    /// <summary>Whether a page of <paramref name="origin"/> may call, and read the answer, from elsewhere.</summary>
    public bool Contain(string origin) => origins.Contains(origin);

    /// <summary>Whether the page's origin is the very host that was called.</summary>
    /// <param name="origin">The Origin field.</param>
    /// <param name="host">The Host field, which no page can choose either.</param>
    internal static bool IsSameOrigin(string origin, string? host) =>
        host is { Length: > 0 }
        && origin.EndsWith(host, StringComparison.Ordinal)
        && origin.AsSpan(..^host.Length) is "https://" or "http://";

    private static void Validate(string origin)
    {
        var isOrigin = Ascii.IsValid(origin)
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.HostNameType is (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            && uri.UserInfo.Length == 0
            && origin == uri.GetLeftPart(UriPartial.Authority);
        if (!isOrigin)
        {
            throw new FormatException(
                $"'{origin}' is no origin. An origin is a scheme and a host in lower case, and a port where it is not the scheme's own, such as https://example.com or http://localhost:8080; no path, no slash at its end, no *.");
        }
    }
}
