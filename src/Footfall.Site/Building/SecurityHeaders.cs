namespace Footfall.Site;

/// <summary>
/// The response headers that every server of the site's files must send, Kestrel and CloudFront alike.
/// The page has no inline script or style, so the policy needs no exception.
/// </summary>
public static class SecurityHeaders
{
    private const string NoFeatures =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    /// <summary>Takes the place of the field of its name where a file is for the pages of other sites.</summary>
    public static KeyValuePair<string, string> ForOtherSites { get; } = new("Cross-Origin-Resource-Policy", "cross-origin");

    /// <summary>Names and values, in alphabetical order.</summary>
    /// <param name="apiBase">The API's address where it is not on the page's own origin; the page may call it.</param>
    /// <param name="overTls">Whether the site is served over TLS; browsers are then told never to come without.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> For(Uri? apiBase = null, bool overTls = false)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("Content-Security-Policy", ContentSecurityPolicy(apiBase)),
            new("Cross-Origin-Opener-Policy", "same-origin"),
            new("Cross-Origin-Resource-Policy", "same-origin"),
            new("Permissions-Policy", NoFeatures),
            new("Referrer-Policy", "same-origin"),
        ];
        if (overTls)
        {
            headers.Add(new("Strict-Transport-Security", "max-age=31536000"));
        }

        headers.Add(new("X-Content-Type-Options", "nosniff"));
        return headers;
    }

    private static string ContentSecurityPolicy(Uri? apiBase) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        apiBase is null ? "connect-src 'self'" : $"connect-src 'self' {apiBase.GetLeftPart(UriPartial.Authority)}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
}
