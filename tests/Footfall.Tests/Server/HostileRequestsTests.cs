using System.Globalization;
using Footfall.Site;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Server;

/// <summary>
/// Requests that small servers were broken with: framing that two programs read in two ways (RFC 9112, section 11.2),
/// bodies and headers without end, paths out of the folder.
/// </summary>
public sealed class HostileRequestsTests : IAsyncLifetime
{
    private const string Problem = "application/problem+json";

    private readonly MemoryVisitStore store = new();
    private KestrelHost host = null!;

    public async ValueTask InitializeAsync() => host = await KestrelHost.StartAsync(
        store: store, files: [new SiteFile("index.html", "text/html; charset=utf-8", "no-cache", "<p>Page</p>"u8.ToArray())]);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: +15")]
    [InlineData("Content-Length: -15")]
    [InlineData("Content-Length: 1 5")]
    [InlineData("Content-Length: 0x0f")]
    [InlineData("Content-Length: 15, 15")]
    [InlineData("Content-Length: 15\r\nContent-Length: 15")]
    [InlineData("Content-Length: 15\r\nContent-Length: 16")]
    [InlineData("Content-Length : 15")]
    [InlineData(" Content-Length: 15")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length:")]
    [InlineData("Transfer-Encoding: gzip, identity")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("X-Field: a\r\n b")]
    [InlineData("X-Field: a\0b")]
    [InlineData("X-Field: a\rb")]
    [InlineData("X Field: a")]
    [InlineData("X-Field")]
    [InlineData(": a")]
    [InlineData("Host: other")]
    public async Task Framing_that_could_be_read_in_two_ways_is_refused_and_nothing_is_counted(string field)
    {
        var answer = await PostAsync($"{field}\r\nConnection: close", """{"counter":"/"}""");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await store.ReadTotalAsync("/", Cancellation)).Requests);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("+f\r\n{\"counter\":\"/\"}\r\n0\r\n\r\n")]
    [InlineData("0xf\r\n{\"counter\":\"/\"}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n")]
    [InlineData("f\r\n{\"counter\":\"/\"}XX0\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task A_chunk_that_is_none_is_a_4xx_that_says_so(string chunks)
    {
        var answer = await PostAsync("Transfer-Encoding: chunked", chunks);

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Contains(Problem, answer, StringComparison.Ordinal);
        Assert.Contains("Vary: Origin", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await store.ReadTotalAsync("/", Cancellation)).Requests);
        Assert.Equal("", host.Faults.ToString());
    }

    [Fact]
    public async Task A_request_behind_a_length_and_chunks_at_once_is_not_answered()
    {
        var answer = await PostAsync(
            "Content-Length: 4\r\nTransfer-Encoding: chunked",
            "0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Single(answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", "200")]
    [InlineData("POST /api/visits HTTP/1.1", "413")]
    [InlineData("PUT /api/visits HTTP/1.1", "405")]
    public async Task A_body_that_nobody_asked_for_is_answered_at_once_and_not_read_to_its_end(string line, string status)
    {
        using var connection = await RawConnection.OpenAsync(host);
        await connection.SendAsync(
            $"{line}\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n");

        // It would wait for nine gigabytes, had it to read them before it closes.
        Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_without_end_are_not_read_to_their_end()
    {
        using var connection = await RawConnection.OpenAsync(host);
        await connection.SendAsync("POST /api/visits HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = $"1000\r\n{new string(' ', 4096)}\r\n";
        try
        {
            for (var sent = 0; sent < 16 * 1024; sent++)
            {
                await connection.SendAsync(chunk);
            }

            Assert.Fail("64 MiB were read.");
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Dropped on the way.
        }
    }

    [Fact]
    public async Task Headers_beyond_all_measure_are_refused()
    {
        var one = await GetAsync("/", $"X-Field: {new string('a', 40_000)}");
        var many = await GetAsync("/", string.Join("\r\n", Enumerable.Range(0, 200).Select(i => $"X-Field-{i}: a")));
        var line = await GetAsync($"/{new string('a', 20_000)}");

        Assert.StartsWith("HTTP/1.1 431 ", one, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", many, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/%252e%252e/etc/passwd")]
    [InlineData("/..\\..\\etc\\passwd")]
    [InlineData("/..;/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/.git/config")]
    [InlineData("/resume.json%00.html")]
    [InlineData("/%c0%ae%c0%ae/etc/passwd")]
    [InlineData("http://elsewhere.example/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("*")]
    [InlineData("elsewhere.example:443")]
    public async Task A_target_that_leads_elsewhere_leads_nowhere(string target)
    {
        var answer = await GetAsync(target);

        Assert.StartsWith("HTTP/1.1 40", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("/%69ndex.html")]
    [InlineData("/./index.html")]
    public async Task An_odd_way_to_say_the_same_is_understood(string target) =>
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(target), StringComparison.Ordinal);

    [Theory]
    [InlineData("Cookie: ville=Orl\u00e9ans")]
    [InlineData("Cookie: caf\u00c3\u00a9=1; x=\u00ff\u0080")]
    [InlineData("Referer: https://elsewhere.example/\u00e9")]
    [InlineData("User-Agent: Mozilla/5.0 (M\u00fcller) Gecko")]
    public async Task Bytes_beyond_ASCII_in_a_field_are_no_error(string field)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync("/", field), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync("/api/visits", field), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await PostAsync(field, ""), StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<string> GetAsync(string target, string field = "X-Field: a") => RawConnection.AskAsync(
        host, $"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{field}\r\n\r\n");

    private Task<string> PostAsync(string fields, string body)
    {
        var isFramed = body.Length > 0;
        var length = isFramed ? "" : string.Create(CultureInfo.InvariantCulture, $"\r\nContent-Length: {body.Length}");
        return RawConnection.AskAsync(
            host,
            $"POST /api/visits HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n{fields}{length}\r\n\r\n{body}");
    }
}
