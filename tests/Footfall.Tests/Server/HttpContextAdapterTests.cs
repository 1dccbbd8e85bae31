using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Tests.Api;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Server;

/// <summary>What only a real connection shows of the translation between Kestrel and the API.</summary>
public sealed class HttpContextAdapterTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string OneVisit = """{"counter":"/","visits":1,"visitors":1,"outcome":"visit"}""";

    [Fact]
    public async Task A_body_in_chunks_is_put_together()
    {
        await using var host = await KestrelHost.StartAsync();

        var answer = await SendAsync(host, Post("Transfer-Encoding: chunked", "4\r\n{\"co\r\n0b\r\nunter\":\"/\"}\r\n0\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(OneVisit, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiRequest.MaxBodyBytes, 200)]
    [InlineData(ApiRequest.MaxBodyBytes + 1, 413)]
    [InlineData(100_000, 413)]
    public async Task A_body_in_chunks_has_the_same_bound_as_any(int length, int status)
    {
        await using var host = await KestrelHost.StartAsync();
        var body = "{}".PadRight(length);

        var answer = await SendAsync(host, Post("Transfer-Encoding: chunked", $"{length:x}\r\n{body}\r\n0\r\n\r\n"));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_is_promised_and_not_sent_is_not_waited_for_when_it_is_too_much()
    {
        await using var host = await KestrelHost.StartAsync();

        var answer = await SendAsync(
            host, Post("Content-Length: 9000000000", "{}".PadRight(ApiRequest.MaxBodyBytes + 1)), untilClosed: false);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_counts_nothing()
    {
        var store = new MemoryVisitStore();
        await using (var host = await KestrelHost.StartAsync(store: store))
        {
            using var connection = await ConnectAsync(host);
            await connection.GetStream().WriteAsync(
                Encoding.UTF8.GetBytes(Post("Content-Length: 15", "{\"counter\"")), Cancellation);
        }

        Assert.Equal(default, await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_body_that_is_still_coming_when_the_server_is_stopped_is_heard_out()
    {
        var host = await KestrelHost.StartAsync();
        using var connection = await ConnectAsync(host);
        var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes(Post($"User-Agent: {Browser}\r\nContent-Length: 15\r\nExpect: 100-continue", "{\"counter")),
            Cancellation);
        await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length], Cancellation);

        var stopping = host.DisposeAsync();
        await stream.WriteAsync("\":\"/\"}"u8.ToArray(), Cancellation);
        using var reader = new StreamReader(stream);

        Assert.EndsWith(OneVisit, await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task Lines_of_one_field_are_joined()
    {
        await using var host = await KestrelHost.StartAsync();
        var sameVisitor = Post("User-Agent: Mozilla/5.0 (X11; Linux x86_64), Gecko\r\nContent-Length: 0", "");
        var inTwoLines = Post("User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nUser-Agent: Gecko\r\nContent-Length: 0", "");

        _ = await SendAsync(host, inTwoLines, browser: false);
        var answer = await SendAsync(host, sameVisitor, browser: false);

        Assert.Contains("\"outcome\":\"repeat\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_trusted_proxy_cannot_choose_an_address()
    {
        await using var host = await KestrelHost.StartAsync(Limited(trusted: []));

        Assert.Contains("\"visit\"", await SendFromAsync(host, "198.51.100.1", "one"), StringComparison.Ordinal);
        Assert.Contains("\"limited\"", await SendFromAsync(host, "198.51.100.2", "two"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_proxy_says_where_a_request_came_from()
    {
        await using var host = await KestrelHost.StartAsync(Limited(trusted: [IPNetwork.Parse("127.0.0.0/8")]));

        Assert.Contains("\"visit\"", await SendFromAsync(host, "198.51.100.1", "one"), StringComparison.Ordinal);
        Assert.Contains("\"visit\"", await SendFromAsync(host, "198.51.100.2", "two"), StringComparison.Ordinal);
        Assert.Contains("\"limited\"", await SendFromAsync(host, "198.51.100.2", "three"), StringComparison.Ordinal);
        Assert.Contains(
            "\"limited\"", await SendFromAsync(host, "6.6.6.6\r\nX-Forwarded-For: 198.51.100.2", "four"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_is_answered_and_tells_nothing_of_the_visitor()
    {
        await using var host = await KestrelHost.StartAsync(store: new BrokenStore());

        var answer = await SendAsync(host, Post("Content-Length: 0", ""));

        Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        var faults = host.Faults.ToString();
        Assert.Contains("System.InvalidOperationException", faults, StringComparison.Ordinal);
        Assert.Contains(nameof(BrokenStore), faults, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("Firefox", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_written_down_once_a_minute()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var host = await KestrelHost.StartAsync(store: new UnavailableStore(), clock: clock);

        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("HTTP/1.1 503 ", await SendAsync(host, Post("Content-Length: 0", "")), StringComparison.Ordinal);
        }

        clock.Set(clock.GetUtcNow().AddMinutes(1));
        _ = await SendAsync(host, Post("Content-Length: 0", ""));

        Assert.Equal(2, host.Faults.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("2026-11-22 12:00:00Z ", host.Faults.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HostSettings Limited(IEnumerable<IPNetwork> trusted) => new()
    {
        Rules = new VisitRules { AddressLimit = 1 },
        TrustedProxies = new TrustedProxies(trusted),
        RequestsPerMinute = null,
    };

    private static string Post(string fields, string body) =>
        $"POST /api/visits HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n{fields}\r\n\r\n{body}";

    private static Task<string> SendFromAsync(KestrelHost host, string forwardedFor, string browser) => SendAsync(
        host,
        Post($"X-Forwarded-For: {forwardedFor}\r\nUser-Agent: Mozilla/5.0 ({browser}) Gecko\r\nContent-Length: 0", ""),
        browser: false);

    /// <summary>Sends the bytes as they are and reads the answer: to its end, or to the first that arrives.</summary>
    private static async Task<string> SendAsync(
        KestrelHost host, string request, bool browser = true, bool untilClosed = true)
    {
        using var connection = await ConnectAsync(host);
        var stream = connection.GetStream();
        var sent = browser
            ? request.Replace("Host:", $"User-Agent: {Browser}\r\nHost:", StringComparison.Ordinal)
            : request;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(sent), Cancellation);
        if (untilClosed)
        {
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(Cancellation);
        }

        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer, Cancellation);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<TcpClient> ConnectAsync(KestrelHost host)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(host.Url.Host, host.Url.Port, Cancellation);
        return connection;
    }

    /// <summary>Fails as no store may, with the visitor in its message.</summary>
    private sealed class BrokenStore : IVisitStore
    {
        public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret: 127.0.0.1 with Firefox");

        public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DailyTallies> ReadDailyAsync(
            string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
