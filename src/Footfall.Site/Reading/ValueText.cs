using System.Text.Json;

namespace Footfall.Site;

/// <summary>Makes a text of whatever stands where a text belongs, and tells what was made of it.</summary>
internal static class ValueText
{
    private static readonly string[] LinkFields = ["url", "href", "link", "value", "address", "website"];

    /// <returns>Null where it has nothing to say.</returns>
    public static string? Of(LocatedJson value, ReadingLog log)
    {
        switch (value.Kind)
        {
            case JsonTokenType.String:
                return OfString(value, log);
            case JsonTokenType.Number:
                return value.Text;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                log.Warn(value, $"expected text, found {value.Description}; its texts are shown one after the other");
                return Flat(value);
            default:
                log.Warn(value, $"expected text, found {value.Description}; left out");
                return null;
        }
    }

    /// <summary>A text in a list of them, also where it is an object's, as in <c>{ "text": "…", "tags": ["…"] }</c>.</summary>
    public static string? OfItem(LocatedJson value, ReadingLog log)
    {
        if (value.Kind != JsonTokenType.StartObject)
        {
            return Of(value, log);
        }

        var said = value.Members
            .Where(member => member.Value.HasValue && FieldNames.Normalize(member.Key) != "tags" && !FieldNames.IsOwn(member.Key))
            .ToList();
        return said is [{ Value.Kind: JsonTokenType.String, Key: var name } only] && FieldNames.IsTitle(name)
            ? OfString(only.Value, log)
            : Of(value, log);
    }

    /// <summary>An address, also where it is in an object beside its name.</summary>
    public static string? OfLink(LocatedJson value, ReadingLog log) => value.Kind switch
    {
        JsonTokenType.StartObject when LinkFields.Select(name => value.Members.GetValueOrDefault(name)).FirstOrDefault(link => link is { HasValue: true }) is { } link =>
            OfLink(link, log),
        JsonTokenType.String => CleanText.Of(value.Text) is { Length: > 0 } text ? text : null,
        JsonTokenType.StartArray when value.Items.Find(item => item.HasValue) is { } first => First(value, first, log),
        _ => Of(value, log),
    };

    /// <summary>All texts in a value; what needs a label has its own.</summary>
    public static string? Flat(LocatedJson value) => value.Kind switch
    {
        JsonTokenType.String => Cleaned(value.Text),
        JsonTokenType.Number => value.Text,
        JsonTokenType.StartArray => JoinedItems(value.Items.Select(Flat).OfType<string>().ToList()),
        JsonTokenType.StartObject => Joined([Joined(Titles(value), " "), .. Labelled(value)], ", "),
        _ => null,
    };

    private static IEnumerable<string?> Titles(LocatedJson value) =>
        value.Members.Where(member => FieldNames.IsTitle(member.Key)).Select(member => Flat(member.Value));

    private static IEnumerable<string?> Labelled(LocatedJson value) =>
        from member in value.Members
        where !FieldNames.IsTitle(member.Key) && !FieldNames.IsOwn(member.Key)
        let text = Flat(member.Value)
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

    private static string? OfString(LocatedJson value, ReadingLog log)
    {
        if (value.Kind == JsonTokenType.String && HtmlInText.IsIn(value.Text))
        {
            log.WarnUnknown(value, "expected text, found HTML in it; shown without its tags");
        }

        return Cleaned(value.Text);
    }

    private static string? Cleaned(string text)
    {
        var clean = CleanText.Of(text);
        return (HtmlInText.IsIn(clean) ? CleanText.Of(HtmlInText.Strip(clean)) : clean) is { Length: > 0 } said ? said : null;
    }

    private static string? Joined(IEnumerable<string?> texts, string separator) =>
        string.Join(separator, texts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
