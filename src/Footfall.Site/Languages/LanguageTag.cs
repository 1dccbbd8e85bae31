using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>BCP 47 language tags, as far as a page needs them: language, script, region.</summary>
internal static partial class LanguageTag
{
    /// <returns>The tag in its usual case, such as <c>zh-Hant-TW</c>; null where the text is no tag.</returns>
    public static string? Normalize(string text)
    {
        var match = Tag().Match(text.Replace('_', '-').Trim());
        if (!match.Success)
        {
            return null;
        }

        string[] parts =
        [
            match.Groups["language"].Value.ToLowerInvariant(),
            TitleCase(match.Groups["script"].Value),
            match.Groups["region"].Value.ToUpperInvariant(),
        ];
        return string.Join('-', parts.Where(part => part.Length > 0));
    }

    public static string Primary(string tag) => tag.Split('-')[0];

    /// <summary>The one of <paramref name="known"/> that a reader of the language also reads; null for none.</summary>
    public static string? Closest(string tag, IEnumerable<string> known)
    {
        var wanted = Primary(tag) == "zh" ? ChineseScript(tag) : Primary(tag);
        return known.FirstOrDefault(candidate => candidate == wanted);
    }

    private static string ChineseScript(string tag) =>
        tag.Contains("-Hant", StringComparison.Ordinal) || tag is "zh-TW" or "zh-HK" or "zh-MO" ? "zh-Hant" : "zh-Hans";

    private static string TitleCase(string script) =>
        script.Length == 0 ? script : char.ToUpperInvariant(script[0]) + script[1..].ToLowerInvariant();

    // Variants and extensions may follow; no page differs by them.
    [GeneratedRegex(
        "^(?<language>[a-z]{2,3})(-(?<script>[a-z]{4}))?(-(?<region>[a-z]{2}|[0-9]{3}))?(-[a-z0-9]{2,8})*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
