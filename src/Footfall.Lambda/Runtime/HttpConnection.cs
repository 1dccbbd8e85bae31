using System.Globalization;
using System.Net;
using System.Text;

namespace Footfall.Lambda.Runtime;

/// <summary>
/// HTTP/1.1 (RFC 9112) over one kept connection, one request at a time: what talking to a server on the same machine
/// takes. Beside <see cref="HttpClient"/> it saves a tenth of a millisecond of processor time an invocation, and
/// several milliseconds and megabytes of a cold start; docs/benchmarks.md has the figures.
/// </summary>
/// <param name="connect">Opens a connection.</param>
/// <param name="host">The Host field.</param>
public sealed class HttpConnection(Func<CancellationToken, Task<Stream>> connect, string host) : IDisposable
{
    private Stream? stream;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;

    /// <param name="fields">Header fields, each with its line's end; may be empty.</param>
    /// <returns>The reply; its body is valid until the next request.</returns>
    /// <exception cref="IOException">The server closed the connection, or what it sent is no HTTP/1.1.</exception>
    public async Task<HttpReply> SendAsync(
        string method, string path, string fields, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{fields}Content-Length: {body.Length}\r\n\r\n");
        var request = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, request);
        body.CopyTo(request.AsMemory(head.Length));
        if (stream is not null)
        {
            try
            {
                return await ExchangeAsync(stream, request, cancellationToken);
            }
            catch (IOException) when (filled == 0)
            {
                // A kept connection may be closed at any time; without a byte of a reply the request may be repeated.
                await stream.DisposeAsync();
            }
        }

        stream = await connect(cancellationToken);
        return await ExchangeAsync(stream, request, cancellationToken);
    }

    public void Dispose() => stream?.Dispose();

    private async Task<HttpReply> ExchangeAsync(Stream server, byte[] request, CancellationToken cancellationToken)
    {
        filled = 0;
        await server.WriteAsync(request, cancellationToken);
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(server, cancellationToken);
        }

        var (status, headers) = ParseHead(Encoding.Latin1.GetString(buffer, 0, end));
        var start = end + "\r\n\r\n".Length;
        if (headers.TryGetValue("Content-Length", out var declared))
        {
            var length = ParseLength(declared, NumberStyles.None);
            while (filled < start + length)
            {
                await FillAsync(server, cancellationToken);
            }

            return new HttpReply(status, headers, buffer.AsMemory(start, length));
        }

        return new HttpReply(status, headers, await ReadChunksAsync(server, start, cancellationToken));
    }

    /// <summary>Reads a chunked body (RFC 9112, section 7.1), moving its chunks together where they lie.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadChunksAsync(
        Stream server, int start, CancellationToken cancellationToken)
    {
        var (from, to) = (start, start);
        while (true)
        {
            int lineLength;
            while ((lineLength = buffer.AsSpan(from..filled).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync(server, cancellationToken);
            }

            var size = ParseLength(
                Encoding.ASCII.GetString(buffer, from, lineLength).Split(';')[0], NumberStyles.AllowHexSpecifier);
            from += lineLength + 2;
            while (filled < from + size + 2)
            {
                await FillAsync(server, cancellationToken);
            }

            if (size == 0)
            {
                return buffer.AsMemory(start..to);
            }

            buffer.AsSpan(from, size).CopyTo(buffer.AsSpan(to));
            (from, to) = (from + size + 2, to + size);
        }
    }

    private async Task FillAsync(Stream server, CancellationToken cancellationToken)
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var received = await server.ReadAsync(buffer.AsMemory(filled), cancellationToken);
        filled += received > 0 ? received : throw new EndOfStreamException($"{host} closed the connection.");
    }

    private static (HttpStatusCode Status, Dictionary<string, string> Headers) ParseHead(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not ["HTTP/1.1", var code, ..]
            || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            throw new IOException($"Expected an HTTP/1.1 status line, found '{lines[0]}'.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..Math.Max(colon, 0)]] = line[(colon + 1)..].Trim();
        }

        return ((HttpStatusCode)status, headers);
    }

    private static int ParseLength(string text, NumberStyles style) =>
        int.TryParse(text, style, CultureInfo.InvariantCulture, out var length) && length >= 0
            ? length
            : throw new IOException($"Expected a length, found '{text}'.");
}
