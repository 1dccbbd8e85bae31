using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Footfall.Api;

namespace Footfall.Lambda;

/// <summary>Writes an answer in the form that an HTTP API understands, in payload format 2.0 and 1.0 alike.</summary>
public static class HttpApiAnswer
{
    // Nobody pastes it into HTML, so only what JSON itself needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ApiResponse response, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, response.Status);
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in response.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteBoolean("isBase64Encoded"u8, value: false);
        json.WriteString("body"u8, response.Body.Span);
        json.WriteEndObject();
    }
}
