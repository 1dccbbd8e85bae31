using System.Text.Json;
using System.Text.Json.Nodes;

namespace Footfall.Site;

/// <summary>A JSON value that knows where it stands.</summary>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Offset">Where its first byte is.</param>
/// <param name="Path">The way to it from the document's root, such as <c>work[0].name</c>.</param>
internal sealed record LocatedJson(JsonTokenType Kind, long Offset, string Path)
{
    /// <summary>A text's characters, a number's digits.</summary>
    public string Text { get; init; } = "";

    /// <summary>An object's members; of two with one name, the first.</summary>
    public Dictionary<string, LocatedJson> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>A list's items.</summary>
    public List<LocatedJson> Items { get; } = [];

    /// <summary>Whether it says anything: null, and texts, lists and objects of nothing, do not.</summary>
    public bool HasValue => Kind switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => CleanText.Of(Text).Length > 0,
        JsonTokenType.StartArray => Items.Exists(item => item.HasValue),
        JsonTokenType.StartObject => Members.Values.Any(member => member.HasValue),
        _ => true,
    };

    /// <summary>What an error says was found.</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => Text.Length == 0 ? "an empty text" : "text",
        JsonTokenType.Null => "null",
        _ => Kind == JsonTokenType.True ? "true" : "false",
    };

    public bool SaysTheSame(LocatedJson other) =>
        Kind == JsonTokenType.String && other.Kind == Kind && CleanText.Of(Text) == CleanText.Of(other.Text);

    /// <summary>The value for another file, without what says nothing and what is the writer's own affair.</summary>
    public JsonElement ToElement()
    {
        using var document = JsonDocument.Parse(ToNode()?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private JsonNode? ToNode() => Kind switch
    {
        JsonTokenType.String => JsonValue.Create(CleanText.Of(Text)),
        JsonTokenType.Number => JsonNode.Parse(Text),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.StartArray => new JsonArray([.. Items.Where(item => item.HasValue).Select(item => item.ToNode())]),
        JsonTokenType.StartObject => new JsonObject(Members
            .Where(member => member.Value.HasValue && !FieldNames.IsOwn(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value.ToNode()))),
        _ => null,
    };
}
