using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Footfall.Tests.Api;

/// <summary>A host that listens on TCP: each call goes out byte for byte on a connection of its own.</summary>
/// <param name="baseAddress">Such as <c>http://127.0.0.1:5080/</c>; its path is not used.</param>
public sealed class SocketHost(Uri baseAddress) : IHttpHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var hurry = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        hurry.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(baseAddress.Host, baseAddress.Port, hurry.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(call.ToBytes(baseAddress.Authority), hurry.Token);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, hurry.Token);
        return Parse(received.ToArray());
    }

    private static HttpAnswer Parse(byte[] received)
    {
        var end = received.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end >= 0, $"No HTTP answer: '{Encoding.UTF8.GetString(received)}'");
        var lines = Encoding.UTF8.GetString(received, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(ParseHeader).ToArray();
        ReadOnlyMemory<byte> body = received.AsMemory(end + 4);
        var isChunked = headers.Any(header =>
            header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && header.Value == "chunked");
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return HttpAnswer.Received(status, headers, isChunked ? JoinChunks(body) : body);
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return new(line[..colon], line[(colon + 1)..].Trim());
    }

    private static byte[] JoinChunks(ReadOnlyMemory<byte> chunks)
    {
        var body = new List<byte>();
        while (true)
        {
            var lineEnd = chunks.Span.IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                // An answer without a body, such as to HEAD, has no chunks either.
                return [.. body];
            }

            var size = int.Parse(
                Encoding.ASCII.GetString(chunks.Span[..lineEnd]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(chunks.Span.Slice(lineEnd + 2, size));
            chunks = chunks[(lineEnd + 2 + size + 2)..];
        }
    }
}
