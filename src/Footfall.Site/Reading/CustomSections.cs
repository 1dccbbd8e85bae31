using System.Text.Json;

namespace Footfall.Site;

/// <summary>Reads the sections that the format does not have.</summary>
internal static class CustomSections
{
    /// <summary>Settings of other programs, which say nothing about the person.</summary>
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal)
    {
        "theme", "themes", "themeoptions", "themeconfig", "settings", "options", "config", "configuration", "style", "styles",
        "layout", "template", "version", "schemaversion", "lastmodified", "lang", "locale", "metadata", "labels", "translations",
    };

    public static IReadOnlyList<CustomSection> Of(FieldReader fields, ReadingLog log)
    {
        List<CustomSection> sections = [];
        foreach (var (name, value) in fields.Rest())
        {
            if (IsSetting(name, value) || value.Kind is JsonTokenType.True or JsonTokenType.False)
            {
                log.Warn(value, "is no section of JSON Resume but another program's setting; left out");
                continue;
            }

            log.Warn(value, $"is not a section of JSON Resume; shown as \"{FieldNames.Label(name)}\"");
            sections.Add(Read(name, value, log));
        }

        return sections;
    }

    /// <summary>The sections as they were written, for the published file; null where there are none.</summary>
    public static IDictionary<string, JsonElement>? ToElements(LocatedJson root, IReadOnlyList<CustomSection> sections) => sections.Count == 0
        ? null
        : sections.ToDictionary(section => section.Name, section => root.Members[section.Name].ToElement(), StringComparer.Ordinal);

    /// <summary>The usual order, with each custom section behind the one that it follows in the file.</summary>
    public static IReadOnlyList<string> Order(LocatedJson root, IReadOnlyList<CustomSection> sections)
    {
        var order = SectionNames.DefaultOrder.ToList();
        var custom = sections.Select(section => section.Name).ToHashSet(StringComparer.Ordinal);
        var before = "about";
        foreach (var name in root.Members.Keys)
        {
            if (custom.Contains(name) && !order.Contains(name))
            {
                order.Insert(order.IndexOf(before) + 1, name);
            }

            before = order.Contains(name) ? name : before;
        }

        return order;
    }

    private static bool IsSetting(string name, LocatedJson value) =>
        Settings.Contains(FieldNames.Normalize(name))
        || (name == "language" && value.Kind == JsonTokenType.String && Language.Find(value.Text) is not null);

    private static CustomSection Read(string name, LocatedJson value, ReadingLog log)
    {
        List<string> texts = [];
        List<CustomEntry> entries = [];
        foreach (var item in ItemsOf(value))
        {
            if (item.Kind == JsonTokenType.StartObject)
            {
                var fields = new FieldReader(item, log);
                var entry = Map(fields);
                if (fields.HasContent)
                {
                    entries.Add(entry);
                }
            }
            else if (ValueText.Of(item, log, isProse: true) is { } text)
            {
                texts.Add(text);
            }
        }

        return new() { Name = name, Texts = texts, Entries = entries };
    }

    private static IEnumerable<LocatedJson> ItemsOf(LocatedJson value) => value.Kind switch
    {
        JsonTokenType.StartArray => value.Items.Where(item => item.HasValue).SelectMany(ItemsOf),
        JsonTokenType.StartObject when !value.Members.Keys.Any(FieldNames.IsOfEntry)
            && value.Members.Values.All(member => member.Kind is JsonTokenType.StartArray or JsonTokenType.StartObject) =>
            value.Members.Where(member => member.Value.HasValue && !FieldNames.IsOwn(member.Key)).Select(Titled),
        _ => [value],
    };

    /// <summary><c>{ "tools": ["Go"] }</c> as an entry of that title.</summary>
    private static LocatedJson Titled(KeyValuePair<string, LocatedJson> member)
    {
        var (name, value) = member;
        var entry = new LocatedJson(JsonTokenType.StartObject, value.Offset, value.Path);
        if (value.Kind == JsonTokenType.StartObject && value.Members.Keys.Any(field => FieldNames.Normalize(field) is "title" or "name"))
        {
            return value;
        }

        entry.Members["title"] = new(JsonTokenType.String, value.Offset, value.Path) { Text = FieldNames.Label(name) };
        if (value.Kind == JsonTokenType.StartArray)
        {
            entry.Members["highlights"] = value;
        }

        foreach (var (field, inner) in value.Members)
        {
            entry.Members[field] = inner;
        }

        return entry;
    }

    private static CustomEntry Map(FieldReader fields) => fields.Common(new CustomEntry
    {
        Title = fields.Text("title", "name", "heading", "label", "position", "jobTitle", "designation", "course", "topic", "event", "degree", "role"),
        Subtitle = fields.Text("company", "employer", "organization", "institution", "school", "university", "issuer", "awarder", "publisher", "conference", "venue"),
        Date = fields.Date("date", "releaseDate", "issueDate"),
    });
}
