using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Footfall.Api;

internal static class Json
{
    private const int UsualBytes = 256;

    // The answers are read as JSON and never pasted into HTML, so only what JSON itself needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, state);
        }

        return buffer.WrittenMemory;
    }
}
