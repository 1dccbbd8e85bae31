using System.Net;
using System.Text;
using Footfall.Lambda.Runtime;

namespace Footfall.Tests.Lambda;

public sealed class HttpConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_goes_out_with_its_fields_and_its_length()
    {
        var server = new ScriptedServer("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        using var connection = Connect(server);

        await connection.SendAsync("POST", "/here", "X-A: b\r\n", "{}"u8.ToArray(), Cancellation);

        Assert.Equal("POST /here HTTP/1.1\r\nHost: runtime\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}", server.Sent);
    }

    public static TheoryData<string[], string> Replies => new()
    {
        { ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"], "hello" },
        { ["HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello"], "hello" },
        { ["HTTP/1.1 200 OK\r", "\nContent-Length: 5\r\n\r", "\nhel", "lo"], "hello" },
        { ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"], "hello" },
        { ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n", "2\r", "\nlo\r\n0\r\n", "\r\n"], "hello" },
        { ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n"], "0123456789" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_reply_is_read_however_it_is_framed_and_cut(string[] pieces, string body)
    {
        using var connection = Connect(new ScriptedServer(pieces));

        var reply = await connection.SendAsync("GET", "/", "", default, Cancellation);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(reply.Body.Span));
    }

    [Fact]
    public async Task A_body_may_be_as_large_as_Lambda_allows()
    {
        var large = new string('x', 6 * 1024 * 1024);
        using var connection = Connect(new ScriptedServer($"HTTP/1.1 200 OK\r\nContent-Length: {large.Length}\r\n\r\n{large}"));

        var reply = await connection.SendAsync("GET", "/", "", default, Cancellation);

        Assert.Equal(large, Encoding.UTF8.GetString(reply.Body.Span));
    }

    [Fact]
    public async Task A_kept_connection_that_was_closed_is_opened_again()
    {
        const string Reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1";
        var servers = new Queue<ScriptedServer>([new(Reply), new(Reply)]);
        using var connection = new HttpConnection(_ => Task.FromResult<Stream>(servers.Dequeue()), "runtime");

        await connection.SendAsync("GET", "/", "", default, Cancellation);
        await connection.SendAsync("GET", "/", "", default, Cancellation);

        Assert.Empty(servers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task What_is_no_whole_reply_is_an_error(string bytes)
    {
        using var connection = Connect(new ScriptedServer(bytes));

        await Assert.ThrowsAnyAsync<IOException>(() => connection.SendAsync("GET", "/", "", default, Cancellation));
    }

    private static HttpConnection Connect(ScriptedServer server) => new(_ => Task.FromResult<Stream>(server), "runtime");
}
