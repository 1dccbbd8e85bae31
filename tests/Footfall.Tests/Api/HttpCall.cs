using System.Globalization;
using System.Text;

namespace Footfall.Tests.Api;

/// <summary>One HTTP/1.1 request, down to its bytes; nothing on its way out of the test corrects it.</summary>
/// <param name="Target">The request target as it stands in the request line, right or wrong.</param>
public sealed record HttpCall(string Method, string Target)
{
    /// <summary>The fields in their order; <c>Host</c>, <c>Connection</c> and the body's framing are added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the body goes without a length, in chunks of at most 100 bytes.</summary>
    public bool IsChunked { get; init; }

    public string Path => Target.Split('?', 2)[0];

    public string Query => Target.Split('?', 2) is [_, var query] ? query : "";

    /// <summary>This call with one more field; an earlier one of that name stays, as a line of its own.</summary>
    public HttpCall With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public HttpStep Answers(HttpAnswer expected) => new(this, expected);

    /// <summary>A field's value as a host hands it on; null when it is not sent.</summary>
    public string? Header(string name)
    {
        var values = Headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value);
        return values.Any() ? string.Join(", ", values) : null;
    }

    /// <param name="authority">What <c>Host</c> says, unless <see cref="Headers"/> says it.</param>
    public byte[] ToBytes(string authority)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\n");
        if (Header("Host") is null)
        {
            _ = head.Append(CultureInfo.InvariantCulture, $"Host: {authority}\r\n");
        }

        foreach (var (name, value) in Headers)
        {
            _ = head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        _ = IsChunked ? head.Append("Transfer-Encoding: chunked\r\n")
            : Body.IsEmpty && Method is not ("POST" or "PUT" or "PATCH") ? head
            : head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        _ = head.Append("Connection: close\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. IsChunked ? InChunks(Body) : Body.Span];
    }

    private static byte[] InChunks(ReadOnlyMemory<byte> body)
    {
        const int ChunkSize = 100;
        var chunks = new List<byte>();
        for (var start = 0; start < body.Length; start += ChunkSize)
        {
            var chunk = body[start..Math.Min(body.Length, start + ChunkSize)];
            chunks.AddRange(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunks.AddRange(chunk.Span);
            chunks.AddRange("\r\n"u8);
        }

        chunks.AddRange("0\r\n\r\n"u8);
        return [.. chunks];
    }
}
