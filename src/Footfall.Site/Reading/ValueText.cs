using System.Text.Json;

namespace Footfall.Site;

/// <summary>Makes a text of whatever stands where a text belongs, and tells what was made of it.</summary>
internal static class ValueText
{
    private static readonly string[] LinkFields = ["url", "href", "link", "value", "address", "website"];

    /// <param name="isProse">Whether the place takes Markdown; otherwise its marks go, too.</param>
    /// <returns>Null where it has nothing to say.</returns>
    public static string? Of(LocatedJson value, ReadingLog log, bool isProse)
    {
        switch (value.Kind)
        {
            case JsonTokenType.String:
                return OfString(value, log, isProse);
            case JsonTokenType.Number:
                return value.Text;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                log.Warn(value, $"expected text, found {value.Description}; its texts are shown one after the other");
                return Flat(value, isProse);
            default:
                log.Warn(value, $"expected text, found {value.Description}; left out");
                return null;
        }
    }

    /// <summary>A text in a list of them, also where it is an object's, as in <c>{ "text": "…", "tags": ["…"] }</c>.</summary>
    public static string? OfItem(LocatedJson value, ReadingLog log, bool isProse)
    {
        if (value.Kind != JsonTokenType.StartObject)
        {
            return Of(value, log, isProse);
        }

        var said = value.Members
            .Where(member => member.Value.HasValue && FieldNames.Normalize(member.Key) != "tags" && !FieldNames.IsOwn(member.Key))
            .ToList();
        return said is [{ Value.Kind: JsonTokenType.String, Key: var name } only] && FieldNames.IsTitle(name)
            ? OfString(only.Value, log, isProse)
            : Of(value, log, isProse);
    }

    /// <summary>An address, also where it is in an object beside its name.</summary>
    public static string? OfLink(LocatedJson value, ReadingLog log) => value.Kind switch
    {
        JsonTokenType.StartObject when LinkFields.Select(name => value.Members.GetValueOrDefault(name)).FirstOrDefault(link => link is { HasValue: true }) is { } link =>
            OfLink(link, log),
        JsonTokenType.String => CleanText.Of(value.Text) is { Length: > 0 } text ? text : null,
        JsonTokenType.StartArray when value.Items.Find(item => item.HasValue) is { } first => First(value, first, log),
        _ => Of(value, log, isProse: false),
    };

    /// <summary>All texts in a value; what needs a label has its own.</summary>
    private static string? Flat(LocatedJson value, bool isProse) => value.Kind switch
    {
        JsonTokenType.String => Cleaned(value.Text, isProse),
        JsonTokenType.Number => value.Text,
        JsonTokenType.StartArray => JoinedItems(value.Items.Select(item => Flat(item, isProse)).OfType<string>().ToList()),
        JsonTokenType.StartObject => Joined([Joined(Titles(value, isProse), " "), .. Labelled(value, isProse)], ", "),
        _ => null,
    };

    private static IEnumerable<string?> Titles(LocatedJson value, bool isProse) =>
        value.Members.Where(member => FieldNames.IsTitle(member.Key)).Select(member => Flat(member.Value, isProse));

    private static IEnumerable<string?> Labelled(LocatedJson value, bool isProse) =>
        from member in value.Members
        where !FieldNames.IsTitle(member.Key) && !FieldNames.IsOwn(member.Key)
        let text = Flat(member.Value, isProse)
        where text is not null
        select $"{FieldNames.Label(member.Key)}: {text}";

    private static string? First(LocatedJson list, LocatedJson first, ReadingLog log)
    {
        if (list.Items.Count > 1)
        {
            log.Warn(list, $"expected one link, found a list of {list.Items.Count}; the first is shown");
        }

        return OfLink(first, log);
    }

    /// <summary>Sentences are paragraphs; words stand in one line.</summary>
    private static string? JoinedItems(List<string> items) =>
        Joined(items, items.Exists(item => item[^1] is '.' or '!' or '?' or '。' or '؟' or '।') ? "\n\n" : ", ");

    private static string? OfString(LocatedJson value, ReadingLog log, bool isProse)
    {
        if (value.Kind == JsonTokenType.String && HtmlInText.IsIn(value.Text))
        {
            log.WarnUnknown(value, HtmlInText.HasCode(value.Text)
                ? "expected text, found HTML in it; shown without its tags, scripts and styles"
                : "expected text, found HTML in it; shown without its tags");
        }
        else if (value.Kind == JsonTokenType.String && !isProse && MarkdownMarks.AreIn(value.Text))
        {
            log.WarnUnknown(value, "expected plain text, found Markdown in it; shown without its marks");
        }

        return Cleaned(value.Text, isProse);
    }

    private static string? Cleaned(string text, bool isProse)
    {
        var clean = CleanText.Of(text);
        var said = HtmlInText.IsIn(clean) ? CleanText.Of(isProse ? HtmlInText.ToMarkdown(clean) : HtmlInText.ToPlain(clean)) : clean;
        return (isProse ? said : MarkdownMarks.Strip(said)) is { Length: > 0 } shown ? shown : null;
    }

    private static string? Joined(IEnumerable<string?> texts, string separator) =>
        string.Join(separator, texts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
