using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Footfall.Server;

/// <summary>
/// Where a page is on the web, as proxies of ours say that its reader asked for it. What a reader may have written into
/// the same fields shows as a second value: of two that differ, neither is believed.
/// </summary>
internal static partial class ForwardedAddress
{
    private const char Slash = '/';

    /// <param name="fields">A request's, from a proxy of ours.</param>
    /// <param name="basePath">The path that the page is known to have: <c>/cv</c>, or empty.</param>
    /// <returns>Such as <c>https://jane.example.com/cv/</c>; null where no name, or no scheme, is told.</returns>
    public static Uri? Of(IHeaderDictionary fields, string basePath)
    {
        var forwarded = fields[ForwardingFields.Forwarded];
        var host = Only([.. Values(fields[ForwardingFields.Host]), .. ForwardedField.Values(forwarded, "host")]);
        var scheme = Only([.. Values(fields[ForwardingFields.Proto]), .. ForwardedField.Values(forwarded, "proto")]);
        var prefixes = Values(fields[ForwardingFields.Prefix]);
        var path = basePath.Length > 0 || prefixes.Count == 0 ? basePath : Only(prefixes)?.TrimEnd(Slash);
        return host is not null && Name().IsMatch(host)
            && scheme?.ToLowerInvariant() is "https" or "http"
            && path is not null && Path().IsMatch(path)
            && Uri.TryCreate($"{scheme}://{host}{path}/", UriKind.Absolute, out var address)
                ? address
                : null;
    }

    private static List<string> Values(StringValues lines) =>
        [.. lines.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static string? Only(List<string> values) =>
        values.Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var only] ? only : null;

    /// <summary>A name of the DNS (RFC 1123, section 2.1) with a dot in it, and perhaps a port; no address, no user.</summary>
    [GeneratedRegex(
        @"^(?=[^:]{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>Segments without an escape (RFC 3986, section 3.3), none of them a dot segment.</summary>
    [GeneratedRegex(@"^(/(?!\.{1,2}(/|\z))[A-Za-z0-9._~-]{1,64}){0,8}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
