using System.Buffers;
using System.Text.Json;

namespace Footfall.Lambda.Runtime;

/// <summary>An error in the form that Lambda shows to whoever invoked the function.</summary>
internal static class FunctionError
{
    public static string TypeOf(Exception error) => $"Function.{error.GetType().Name}";

    public static ReadOnlyMemory<byte> Write(Exception error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType"u8, TypeOf(error));
            json.WriteString("errorMessage"u8, error.Message);
            json.WriteStartArray("stackTrace"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
