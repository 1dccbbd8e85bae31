using System.Text.Json;

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
}
