using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>Decides what may become a link: web addresses, mail and telephone; never a script or a file.</summary>
internal static partial class LinkParser
{
    private const int LongestLink = 2048;

    /// <returns>Null where the text is no such address.</returns>
    public static Uri? Parse(string text)
    {
        if (text.Length > LongestLink)
        {
            return null;
        }

        var address = BareDomain().IsMatch(text) ? "https://" + text : text;
        return Uri.TryCreate(address, UriKind.Absolute, out var link) && IsSafe(link) ? link : null;
    }

    private static bool IsSafe(Uri link) => link.Scheme switch
    {
        "https" or "http" => link.Host.Length > 0,
        "mailto" or "tel" => true,
        _ => false,
    };

    /// <summary>Such as <c>www.example.com</c> or <c>example.com:8080/me</c>, as people write them.</summary>
    [GeneratedRegex(
        @"^[\w-]+(\.[\w-]+)+(:[0-9]+)?([/?#].*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BareDomain();
}
