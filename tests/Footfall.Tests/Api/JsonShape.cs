using System.Text.Json;

namespace Footfall.Tests.Api;

/// <summary>As much of JSON Schema as <c>openapi.json</c> uses; a member that is not described is a flaw, too.</summary>
internal static class JsonShape
{
    /// <summary>Where a value departs from its schema; null when nowhere.</summary>
    public static string? FindFlaw(JsonElement document, JsonElement schema, JsonElement value, string at = "$")
    {
        schema = Follow(document, schema);
        var members = Members(document, schema).ToDictionary(member => member.Name, member => member.Value);
        return members.Count > 0 ? FindMemberFlaw()
            : schema.TryGetProperty("items", out var items) ? FindItemFlaw()
            : IsRight(schema, value) ? null
            : $"{at} is {value.GetRawText()}, not {schema.GetRawText()}";

        string? FindItemFlaw() => value.EnumerateArray()
            .Select((item, i) => FindFlaw(document, items, item, $"{at}[{i}]"))
            .FirstOrDefault(flaw => flaw is not null);

        string? FindMemberFlaw() => Required(document, schema)
            .Where(name => !value.TryGetProperty(name, out _))
            .Select(name => $"{at} has no {name}")
            .Concat(value.EnumerateObject().Select(member => members.TryGetValue(member.Name, out var described)
                ? FindFlaw(document, described, member.Value, $"{at}.{member.Name}")
                : $"{at}.{member.Name} is not described"))
            .FirstOrDefault(flaw => flaw is not null);
    }

    public static JsonElement Follow(JsonElement document, JsonElement element) =>
        element.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (found, name) => found.GetProperty(name))
            : element;

    private static bool IsRight(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("const", out var constant))
        {
            return JsonElement.DeepEquals(value, constant);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return values.EnumerateArray().Any(allowed => JsonElement.DeepEquals(value, allowed));
        }

        var type = schema.GetProperty("type");
        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(possible => IsOf(possible.GetString(), value))
            : IsOf(type.GetString(), value);
    }

    private static bool IsOf(string? type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "string" => value.ValueKind == JsonValueKind.String,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private static IEnumerable<JsonProperty> Members(JsonElement document, JsonElement schema) =>
        Parts(document, schema).SelectMany(part =>
            part.TryGetProperty("properties", out var members) ? members.EnumerateObject() : default);

    private static IEnumerable<string> Required(JsonElement document, JsonElement schema) =>
        Parts(document, schema).SelectMany(part =>
                part.TryGetProperty("required", out var names) ? names.EnumerateArray() : default)
            .Select(name => name.GetString()!);

    private static IEnumerable<JsonElement> Parts(JsonElement document, JsonElement schema)
    {
        var followed = Follow(document, schema);
        return followed.TryGetProperty("allOf", out var parts)
            ? parts.EnumerateArray().SelectMany(part => Parts(document, part))
            : [followed];
    }
}
