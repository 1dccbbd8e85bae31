using System.Text.Json;

namespace Footfall.Site;

/// <summary>A field of no known name, as the page shows it.</summary>
/// <param name="Label">Its name as words.</param>
/// <param name="Parts">What it says, in one piece or more; of one that is an address, where it leads.</param>
internal sealed record OtherField(string Label, IReadOnlyList<(string Text, Uri? Url)> Parts)
{
    private static readonly string[] Addresses = ["url", "href", "link", "website"];

    public string Text => string.Join(", ", Parts.Select(part => part.Text));

    public static IEnumerable<OtherField> Of(IDictionary<string, JsonElement>? fields) =>
        from field in fields ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        let parts = PartsOf(field.Value).Where(part => part.Text.Length > 0).ToList()
        where parts.Count > 0
        select new OtherField(FieldNames.Label(field.Key), parts);

    private static IEnumerable<(string Text, Uri? Url)> PartsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(PartOf) : [PartOf(value)];

    /// <summary>An object with an address and one name for it is a link; what says more is text.</summary>
    private static (string Text, Uri? Url) PartOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToList() is [var one, var other])
        {
            var (name, address) = Addresses.Contains(FieldNames.Normalize(one.Name)) ? (other, one) : (one, other);
            if (Addresses.Contains(FieldNames.Normalize(address.Name)) && LinkOf(address.Value) is { } target && TextOf(name.Value) is { Length: > 0 } text)
            {
                return (text, target);
            }
        }

        return LinkOf(value) is { } link ? (ContactLinks.Shown(link), link) : (TextOf(value), null);
    }

    private static Uri? LinkOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Contains("://", StringComparison.Ordinal) ? LinkParser.Parse(value.GetString()!) : null;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Joined(value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => Joined(value.EnumerateObject().Select(field => Labelled(field.Name, TextOf(field.Value)))),
        JsonValueKind.String => Plain(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };

    private static string Plain(string text) => MarkdownMarks.Strip(HtmlInText.IsIn(text) ? HtmlInText.ToPlain(text) : text);

    private static string Labelled(string name, string text) =>
        text.Length == 0 || FieldNames.IsTitle(name) ? text : $"{FieldNames.Label(name)}: {text}";

    private static string Joined(IEnumerable<string> texts) => string.Join(", ", texts.Where(text => text.Length > 0));
}
