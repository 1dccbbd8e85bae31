using System.Text;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Footfall.Site;

/// <summary>What of a person's contacts becomes a link, and how a link is shown.</summary>
public static partial class ContactLinks
{
    /// <summary>Stands for no country: only a number with its country's code is one then.</summary>
    private const string NoCountry = "ZZ";

    /// <param name="phone">As its writer wrote it: <c>+44 (0)20 7946 0958</c>, <c>020 7946 0958 ext. 5</c>.</param>
    /// <param name="countryCode">Where the person is, ISO 3166; null where that is not known.</param>
    /// <returns>The <c>tel:</c> address that dials it from anywhere (RFC 3966); null for what nobody can dial.</returns>
    public static Uri? Phone(string phone, string? countryCode)
    {
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(phone, countryCode is { Length: 2 } ? countryCode.ToUpperInvariant() : NoCountry);
            return numbers.IsPossibleNumber(number)
                ? new($"tel:+{number.CountryCode}{numbers.GetNationalSignificantNumber(number)}{Extension(number)}")
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
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
            return url.AbsoluteUri[(url.Scheme.Length + 1)..];
        }

        var path = url.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.SafeUnescaped);
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var shown = $"{url.Host}{port}{(path == "/" ? "" : path)}";
        return string.Concat(shown.EnumerateRunes().Select(rune => IsTypable(rune) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
    }

    private static bool IsTypable(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.PrivateUse);

    private static string Extension(PhoneNumber number) => number.HasExtension ? $";ext={number.Extension}" : "";

    [GeneratedRegex(
        @"^(mailto:)?(?<local>[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+)@(?<domain>[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex EmailAddress();
}
