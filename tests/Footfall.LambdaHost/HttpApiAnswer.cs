using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Footfall.LambdaHost;

/// <summary>A function's answer as the HTTP API understands it.</summary>
internal sealed record HttpApiAnswer(int Status, List<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <returns>Null when the API would call the answer malformed.</returns>
    public static HttpApiAnswer? TryRead(ReadOnlyMemory<byte> payload, PayloadVersion version)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var answer = document.RootElement;
            return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("statusCode", out var status)
                ? Read(answer, status)
                : version == PayloadVersion.V2 ? Inferred(answer) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers.Append(name, value);
        }

        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body);
        }
    }

    private static HttpApiAnswer Read(JsonElement answer, JsonElement status)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (Property(answer, "multiValueHeaders") is { } lists)
        {
            headers.AddRange(lists.EnumerateObject().SelectMany(
                header => header.Value.EnumerateArray().Select(value => KeyValuePair.Create(header.Name, Text(value)))));
        }

        // A header that is in both has the values of the list.
        if (Property(answer, "headers") is { } single)
        {
            var listed = headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            headers.AddRange(single.EnumerateObject()
                .Where(header => !listed.Contains(header.Name))
                .Select(header => KeyValuePair.Create(header.Name, Text(header.Value))));
        }

        if (Property(answer, "cookies") is { } cookies)
        {
            headers.AddRange(cookies.EnumerateArray().Select(cookie => KeyValuePair.Create("set-cookie", Text(cookie))));
        }

        var body = Property(answer, "body")?.GetString() ?? "";
        var encoded = Property(answer, "isBase64Encoded")?.GetBoolean() ?? false;
        return new(
            int.Parse(Text(status), CultureInfo.InvariantCulture),
            headers,
            encoded ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
    }

    // Payload 2.0: whatever JSON has no status is the body of a 200.
    private static HttpApiAnswer Inferred(JsonElement answer) => new(
        StatusCodes.Status200OK,
        [KeyValuePair.Create("content-type", "application/json")],
        Encoding.UTF8.GetBytes(Text(answer)));

    private static JsonElement? Property(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
