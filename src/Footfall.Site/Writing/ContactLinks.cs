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

    /// <summary>The codes of countries whose numbers begin with a zero at home only (ITU-T E.164's national numbering plans).</summary>
    private static readonly string[] DropTrunkZero =
    [
        "20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "60", "61", "62", "63", "64", "66", "81", "82", "84", "86", "90", "91",
        "92", "94", "95", "98", "212", "213", "234", "254", "255", "256", "353", "358", "380", "421", "880", "961", "962", "963", "964", "966", "971", "972",
    ];

    /// <summary>What says that an extension follows.</summary>
    private static readonly HashSet<string> BeforeExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        "ext", "extension", "x", "#", "durchwahl", "dw", "poste", "interno", "int", "доб", "дод", "内線", "內線", "分机", "分機", "내선",
    };

    /// <param name="phone">As its writer wrote it: <c>+44 (0)20 7946 0958</c>, <c>+1 555 010 0100 ext. 23</c>.</param>
    /// <returns>
    /// The <c>tel:</c> address that dials it from anywhere (RFC 3966); null for what nobody can dial, and for a number
    /// without its country's code, which dials somebody else elsewhere.
    /// </returns>
    public static Uri? Phone(string phone)
    {
        if (phone.Length > LongestWritten || TelephoneNumber().Match(CleanText.WithWesternDigits(phone.Trim())) is not { Success: true } match
            || (match.Groups["word"] is { Success: true } word && !BeforeExtension.Contains(word.Value)))
        {
            return null;
        }

        var written = match.Groups["number"].Value;
        var digits = Digits(written);
        var number = digits.StartsWith(KeepsTrunkZero, StringComparison.Ordinal) ? digits : WithoutTrunkZero(Digits(BracketedZero().Replace(written, "")));
        var extension = match.Groups["extension"] is { Success: true } found ? $";ext={found.Value}" : "";
        return number.Length is >= MinDigits and <= MaxDigits ? new($"tel:+{number}{extension}") : null;
    }

    /// <summary>Several contacts in one text, where each of them is one; otherwise the text.</summary>
    /// <param name="text">As its writer wrote it: "jane@example.com, jane@work.example.com".</param>
    /// <param name="find">Makes a link of one.</param>
    public static IEnumerable<(string Text, Uri? Link)> Several(string text, Func<string, Uri?> find)
    {
        var parts = Between().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
        return find(text) is null && parts.Count > 1 && parts.TrueForAll(part => find(part) is not null)
            ? parts.Select(part => (part, find(part)))
            : [(text, find(text))];
    }

    /// <returns>The <c>mailto:</c> address; null where there is none, as in "on request" or "jane [at] example.com".</returns>
    public static Uri? Email(string email) => EmailAddress().Match(email.Trim()) is { Success: true } match
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

    // With the zero, "+44 020 …" reaches nobody.
    private static string WithoutTrunkZero(string number) =>
        Array.Find(DropTrunkZero, code => number.StartsWith(code + "0", StringComparison.Ordinal)) is { } code
            ? code + number[(code.Length + 1)..]
            : number;

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"[(\[]0[)\]]")]
    private static partial Regex BracketedZero();

    [GeneratedRegex(@"\s*[,;|]\s*|\s+(/|or|oder|ou|o|und|and|et|y|e)\s+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    /// <summary>With what people write before a number (its kind) and behind it (its extension; its kind in brackets).</summary>
    [GeneratedRegex(
        @"^(tel:|[\p{L}.-]{1,12}:\s*)?([+\uFF0B]\(?|\(\+|00)(?<number>[1-9][\d\s()\[\].\u2010-\u2013/-]*?)(\s*([,;]\s*)?(?<word>[\p{L}#]{1,12})\.?[:=]?\s*(?<extension>[0-9]{1,7}))?(\s*\([\p{L} .]{1,20}\))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneNumber();

    [GeneratedRegex(
        @"^(mailto:)?(?<local>[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*)@(?<domain>[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)+)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex EmailAddress();
}
