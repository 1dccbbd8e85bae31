using System.Buffers;
using System.IO.Pipelines;
using Footfall.Api;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Footfall.Server;

/// <summary>Translates between Kestrel's request and response and the API's. It decides nothing.</summary>
internal static class HttpContextAdapter
{
    /// <summary>
    /// The longest body that is handed on: one byte more than the API takes, so that it sees that there is more.
    /// </summary>
    private const int BodyCapacity = ApiRequest.MaxBodyBytes + 1;

    // What stands for a body that is too long by its own word: the API looks no further than at its length.
    private static readonly ReadOnlyMemory<byte> TooLong = new byte[BodyCapacity];

    /// <param name="path">The path below the base path.</param>
    public static ApiRequest Read(HttpContext context, in Provenance from, string path, ReadOnlyMemory<byte> body) => new()
    {
        Method = context.Request.Method,
        Path = path,
        Query = context.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "",
        Header = new Fields(context.Request.Headers).Find,
        Body = body,
        ClientAddress = from.Client,
        ForwardedHost = from.Host,
    };

    /// <summary>The value of a field that was sent in one line or in several; null when in none.</summary>
    public static string? Join(StringValues lines) => lines.Count switch
    {
        0 => null,
        1 => lines[0],
        _ => string.Join(", ", lines.AsEnumerable()),
    };

    /// <summary>The body, or as much of it as shows that it is too long.</summary>
    /// <exception cref="IOException">It breaks off, or comes too slowly, or its chunks are none.</exception>
    public static ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > ApiRequest.MaxBodyBytes)
        {
            return new(TooLong);
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        // A small body comes with the headers, and is then there without waiting.
        var reader = context.Request.BodyReader;
        if (!reader.TryRead(out var read))
        {
            return ReadBodyAsync(reader);
        }

        if (read.IsCompleted)
        {
            return new(Take(reader, read));
        }

        reader.AdvanceTo(read.Buffer.Start);
        return ReadBodyAsync(reader);
    }

    // Reads until the body ends or is too long, whatever its Content-Length says, chunked ones included.
    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(PipeReader reader)
    {
        var read = await reader.ReadAtLeastAsync(BodyCapacity);
        while (read.IsCanceled)
        {
            // The server is told to stop, which is no reason not to hear this one out.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAtLeastAsync(BodyCapacity);
        }

        return Take(reader, read);
    }

    private static ReadOnlyMemory<byte> Take(PipeReader reader, ReadResult read)
    {
        var body = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, BodyCapacity)).ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private sealed class Fields(IHeaderDictionary headers)
    {
        public string? Find(string name) => Join(headers[name]);
    }
}
