using System.Buffers;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Decides what may become a link: web addresses, mail and telephone; never a script or a file.</summary>
internal static partial class LinkParser
{
    private const int LongestLink = 2048;

    private static readonly SearchValues<char> Around = SearchValues.Create(" \t\n<>()[]\"'");

    /// <returns>Null where the text is no such address.</returns>
    public static Uri? Parse(string text)
    {
        if (text.Length > LongestLink)
        {
            return null;
        }

        var address = BareDomain().IsMatch(text) && !FileName().IsMatch(text) ? "https://" + text : text;
        return Uri.TryCreate(address, UriKind.Absolute, out var link) && IsSafe(link) ? link : null;
    }

    /// <summary>The first address in a text that has more: <c>see https://example.com</c>, <c>[me](https://example.com)</c>.</summary>
    public static Uri? FindIn(string text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return Parse("https:" + text);
        }

        var start = text.IndexOf("https://", StringComparison.OrdinalIgnoreCase) is var secure and >= 0
            ? secure
            : text.IndexOf("http://", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var end = text.AsSpan(start).IndexOfAny(Around);
        return Parse((end < 0 ? text[start..] : text.Substring(start, end)).TrimEnd('.', ',', ';', ':'));
    }

    // A password in an address would be everybody's.
    private static bool IsSafe(Uri link) => link.Scheme switch
    {
        "https" or "http" => link.Host.Length > 0 && link.UserInfo.Length == 0,
        "mailto" or "tel" => true,
        _ => false,
    };

    /// <summary>What lies beside the résumé, such as <c>resume.pdf</c>: a name, and an ending that is no country's or nearly none.</summary>
    [GeneratedRegex(
        @"^[\w-]+\.(pdf|png|jpe?g|gif|webp|svg|html?|md|txt|docx?|xlsx?|pptx?|json|ya?ml|xml|tex|csv)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FileName();

    /// <summary>Such as <c>www.example.com</c> or <c>example.com:8080/me</c>, as people write them.</summary>
    [GeneratedRegex(
        @"^[\w-]+(\.[\w-]+)+(:[0-9]+)?([/?#].*)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex BareDomain();
}
