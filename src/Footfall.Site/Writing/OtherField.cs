using System.Text.Json;

namespace Footfall.Site;

/// <summary>A field of no known name, as the page shows it.</summary>
/// <param name="Label">Its name as words.</param>
/// <param name="Text">All that it says.</param>
/// <param name="Url">Where it leads, if it is an address.</param>
internal sealed record OtherField(string Label, string Text, Uri? Url)
{
    public static IEnumerable<OtherField> Of(IDictionary<string, JsonElement>? fields) =>
        from field in fields ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        let text = TextOf(field.Value)
        where text.Length > 0
        select Make(FieldNames.Label(field.Key), text);

    private static OtherField Make(string label, string text) =>
        text.Contains("://", StringComparison.Ordinal) && LinkParser.Parse(text) is { } link
            ? new(label, ContactLinks.Shown(link), link)
            : new(label, text, null);

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Joined(value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => Joined(value.EnumerateObject().Select(field => Labelled(field.Name, TextOf(field.Value)))),
        JsonValueKind.String => Plain(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private static string Plain(string text) => HtmlInText.IsIn(text) ? HtmlInText.Strip(text) : text;

    private static string Labelled(string name, string text) =>
        text.Length == 0 || FieldNames.IsTitle(name) ? text : $"{FieldNames.Label(name)}: {text}";

    private static string Joined(IEnumerable<string> texts) => string.Join(", ", texts.Where(text => text.Length > 0));
}
