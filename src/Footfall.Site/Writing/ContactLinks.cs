using System.Text;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>What of a person's contacts becomes a link, and how a link is shown.</summary>
public static partial class ContactLinks
{
    /// <summary>The longest number of the world's plan, its country's code included (ITU-T E.164), and the shortest.</summary>
    private const int MaxDigits = 15;
    private const int MinDigits = 7;

    /// <summary>In characters, with all that people write between the digits.</summary>
    private const int LongestWritten = 100;

    /// <summary>Italy and the Vatican: their numbers keep the zero that others dial at home only.</summary>
    private const string KeepsTrunkZero = "39";

    /// <param name="phone">As its writer wrote it: <c>+44 (0)20 7946 0958</c>, <c>+1 555 010 0100 ext. 23</c>.</param>
    /// <returns>
    /// The <c>tel:</c> address that dials it from anywhere (RFC 3966); null for what nobody can dial, and for a number
    /// without its country's code, which dials somebody else elsewhere.
    /// </returns>
    public static Uri? Phone(string phone)
    {
        if (phone.Length > LongestWritten || TelephoneNumber().Match(CleanText.WithWesternDigits(phone.Trim())) is not { Success: true } match)
        {
            return null;
        }

        var written = match.Groups["number"].Value;
        var digits = Digits(written);
        var number = digits.StartsWith(KeepsTrunkZero, StringComparison.Ordinal)
            ? digits
            : Digits(written.Replace("(0)", "", StringComparison.Ordinal));
        var extension = match.Groups["extension"] is { Success: true } found ? $";ext={found.Value}" : "";
        return number.Length is >= MinDigits and <= MaxDigits ? new($"tel:+{number}{extension}") : null;
    }

    /// <returns>The <c>mailto:</c> address; null where there is none, as in "on request" or "jane [at] example.com".</returns>
    public static Uri? Email(string email) => EmailAddress().Match(email) is { Success: true } match
        ? new($"mailto:{match.Groups["local"].Value.Replace("%", "%25", StringComparison.Ordinal)}@{match.Groups["domain"].Value}")
        : null;

    /// <summary>A link's text: what leads there when it is typed, its letters as letters.</summary>
    public static string Shown(Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
        {
            return Uri.UnescapeDataString(url.AbsoluteUri[(url.Scheme.Length + 1)..]);
        }

        var path = url.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.SafeUnescaped);
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var shown = $"{url.Host}{port}{(path == "/" ? "" : path)}";
        return string.Concat(shown.EnumerateRunes().Select(rune => IsTypable(rune) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
    }

    private static bool IsTypable(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.PrivateUse);

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(
        @"^(tel:)?(\+|00)(?<number>[1-9][\d\s().\u2010-\u2013/-]*?)(\s*([,;]\s*)?(ext(ension)?\.?|x|#|durchwahl|dw)[:=]?\s*(?<extension>[0-9]{1,7}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneNumber();

    [GeneratedRegex(
        @"^(mailto:)?(?<local>[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+)@(?<domain>[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex EmailAddress();
}
