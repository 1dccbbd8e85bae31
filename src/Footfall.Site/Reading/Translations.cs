namespace Footfall.Site;

/// <summary><c>{ "en": "Engineer", "de": "Ingenieurin" }</c> where one value belongs: the page's language is taken.</summary>
internal static class Translations
{
    /// <summary>Languages that such files are in, beside those that the page has words in.</summary>
    private static readonly string[] OtherLanguages =
        ["sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "bg", "el", "ru", "sr", "vi", "th", "fa", "ca", "eu", "gl"];

    private static readonly Lazy<HashSet<string>> Languages = new(() =>
        [.. Language.Known.Select(LanguageTag.Primary), .. OtherLanguages]);

    /// <summary>Puts one value in the place of each such object, and tells which.</summary>
    public static void Resolve(LocatedJson value, ReadingLog log)
    {
        foreach (var (name, member) in value.Members.ToList())
        {
            value.Members[name] = IsKept(name) ? member : Resolved(member, log);
        }

        for (var i = 0; i < value.Items.Count; i++)
        {
            value.Items[i] = Resolved(value.Items[i], log);
        }
    }

    public static bool IsOf(LocatedJson value) =>
        value.Members.Count > 0
        && value.Members.Keys.All(name => LanguageTag.Normalize(name) is { } tag && Languages.Value.Contains(LanguageTag.Primary(tag)));

    /// <summary>The one in the language; else the first that says anything.</summary>
    public static (string Tag, LocatedJson Value) Choose(LocatedJson value, string language)
    {
        var wanted = LanguageTag.Primary(language);
        var (tag, chosen) = value.Members
            .OrderByDescending(member => LanguageTag.Primary(LanguageTag.Normalize(member.Key)!) == wanted)
            .FirstOrDefault(member => member.Value.HasValue, value.Members.First());
        return (tag, chosen);
    }

    private static LocatedJson Resolved(LocatedJson value, ReadingLog log)
    {
        if (!value.HasValue || !IsOf(value))
        {
            Resolve(value, log);
            return value;
        }

        var (tag, chosen) = Choose(value, log.Language.Tag);
        log.Warn(value, $"expected one value, found one for each of {string.Join(", ", value.Members.Keys)}; \"{tag}\" is shown; "
            + "for pages in several languages write a file for each, such as resume.de.json");
        Resolve(chosen, log);
        return chosen with { Path = value.Path };
    }

    /// <summary>What a person speaks is no translation: <c>"languages": { "en": "native" }</c>. Neither are settings.</summary>
    private static bool IsKept(string name) =>
        name == "meta" || FieldNames.Normalize(name).EndsWith("languages", StringComparison.Ordinal);
}
