using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Decides which language a résumé is in: the one it says (<c>meta.language</c>), that of its file's name
/// (<c>resume.de.json</c>), the one that its text is recognised as, English.
/// </summary>
internal static partial class ResumeLanguage
{
    private static readonly string[] Fields = ["language", "lang", "locale"];

    public static Language Of(LocatedJson root, string file, ReadingLog log)
    {
        if (Said(root) is { } said)
        {
            return FromTag(said, log);
        }

        if (FromFileName(file) is { } named)
        {
            return named;
        }

        if (LanguageRecognizer.Recognize(string.Join('\n', Texts(root))) is not { } recognized || recognized == "en")
        {
            return Language.English;
        }

        var language = Language.Find(recognized)!;
        log.Warn(
            root with { Path = "meta.language" },
            $"expected the language, found none; read as {(language.HasWords ? language.Words.Name : language.Tag)} by its words; \"meta\": {{ \"language\": \"{recognized}\" }} says it for sure");
        TellWordless(language, root with { Path = "meta.language" }, log);
        return language;
    }

    /// <returns>Null where the name holds no language that the page has words in: <c>resume.old.json</c>.</returns>
    public static Language? FromFileName(string file) =>
        FileName().Match(file) is { Success: true } match
        && Language.Find(match.Groups["tag"].Value) is { HasWords: true } language
            ? language
            : null;

    /// <summary>In <c>meta</c>, where the format has it, or at the top; of several, the first.</summary>
    private static LocatedJson? Said(LocatedJson root) =>
        Said(root.Members.GetValueOrDefault("meta"), Fields)
        ?? (Said(root, Fields) is { } atTop && Language.Find(atTop.Text) is not null ? atTop : null);

    private static LocatedJson? Said(LocatedJson? place, string[] names) => names
        .Select(name => place?.Members.GetValueOrDefault(name))
        .Select(said => said is { Kind: JsonTokenType.StartArray } ? said.Items.Find(item => item.HasValue) : said)
        .FirstOrDefault(said => said is { Kind: JsonTokenType.String, HasValue: true });

    private static Language FromTag(LocatedJson said, ReadingLog log)
    {
        if (Language.Find(said.Text) is not { } language)
        {
            log.Warn(said, $"expected a language's tag such as en, de-AT or zh-Hant, found \"{said.Text}\"; read as English");
            return Language.English;
        }

        TellWordless(language, said, log);
        return language;
    }

    private static void TellWordless(Language language, LocatedJson place, ReadingLog log)
    {
        if (!language.HasWords)
        {
            log.Warn(place, $"the page has no headings in \"{language.Tag}\"; they are English (there are {string.Join(", ", Language.Known)})");
        }
    }

    private static IEnumerable<string> Texts(LocatedJson value) => value.Kind switch
    {
        JsonTokenType.String => IsAddress(value.Text) ? [] : [value.Text],
        _ => value.Items.Concat(value.Members.Values).SelectMany(Texts),
    };

    /// <summary>A link or an e-mail address is in no language.</summary>
    private static bool IsAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal)
        || (text.IndexOfAny(['.', '@', '/']) >= 0 && !text.Trim().Any(char.IsWhiteSpace));

    [GeneratedRegex(@"[.](?<tag>[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4}){0,2})\.json$", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
