using System.Net;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Site;
using Footfall.Tests.Api;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Server;

/// <summary>A server on the loopback, as it is when nothing is set: called by a proxy of this machine, or by its owner.</summary>
public sealed class ProxiedServerTests
{
    private static readonly SiteFile[] Files =
    [
        new("index.html", "text/html; charset=utf-8", "no-cache", "<p>Page</p>"u8.ToArray()),
        new(
            "404.html",
            "text/html; charset=utf-8",
            "no-cache",
            """<a href="/">Home</a><link href="/assets/site.css"><p>a ="/ b</p>"""u8.ToArray()),
    ];

    [Fact]
    public async Task Readers_of_a_proxy_on_this_machine_are_readers_of_their_own()
    {
        await using var host = await StartAsync();

        for (var reader = 1; reader <= 30; reader++)
        {
            Assert.Contains(
                "\"outcome\":\"visit\"", await CountAsync(host, $"X-Forwarded-For: 203.0.113.{reader}"), StringComparison.Ordinal);
        }

        Assert.Equal("", host.Faults.ToString());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("jane.localhost:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:8080")]
    [InlineData("192.168.1.5:8080")]
    [InlineData("jane.example.com")]
    [InlineData("JANE.example.com.:8443")]
    [InlineData("cv.example.net", "X-Forwarded-For: 203.0.113.5")]
    [InlineData("cv.example.net:8443", "Forwarded: for=203.0.113.5")]
    [InlineData("backend", "X-Forwarded-Host: cv.example.net")]
    public async Task A_name_of_its_own_is_answered(string name, string field = "X-Field: a")
    {
        await using var host = await StartAsync(origin: "https://jane.example.com");

        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(host, "/", name, field), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(host, "/api/visits", name, field), StringComparison.Ordinal);
        Assert.Equal("", host.Faults.ToString());
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("rebound.example:{0}")]
    [InlineData("rebound.example:{0}", "X-Forwarded-For: 203.0.113.5")]
    [InlineData("rebound.example:{0}", "X-Forwarded-Host: localhost")]
    [InlineData("rebound.example:{0}", "Forwarded: for=203.0.113.5;host=localhost")]
    [InlineData("localhost.rebound.example:{0}")]
    [InlineData("notlocalhost:{0}")]
    [InlineData("127.0.0.1.rebound.example")]
    [InlineData("jane.example.com.rebound.example")]
    public async Task A_name_that_some_site_has_led_here_is_refused_and_reads_no_draft(string name, string field = "X-Field: a")
    {
        await using var host = await StartAsync(origin: "https://jane.example.com");
        var called = name.Replace("{0}", $"{host.Url.Port}", StringComparison.Ordinal);

        foreach (var path in new[] { "/", "/nowhere", "/api/visits", "/api/hit.svg" })
        {
            var answer = await GetAsync(host, path, called, field);
            Assert.StartsWith("HTTP/1.1 421 ", answer, StringComparison.Ordinal);
            Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Page", answer, StringComparison.Ordinal);
        }

        var told = Assert.Single(LinesOf(host));
        Assert.Contains($"--origin https://{called.Split(':')[0]}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_origin_is_told_once_with_the_setting_and_never_what_is_no_origin()
    {
        await using var host = await StartAsync();

        for (var time = 0; time < 3; time++)
        {
            Assert.Contains("403", await CountAsync(host, "Origin: https://jane.example.com:8443"), StringComparison.Ordinal);
            Assert.Contains("403", await CountAsync(host, "Origin: \u001b[2J"), StringComparison.Ordinal);
            Assert.Contains("403", await CountAsync(host, "Origin: null"), StringComparison.Ordinal);
        }

        var told = LinesOf(host);
        Assert.Single(told, line => line.Contains("--origin https://jane.example.com:8443", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', host.Faults.ToString());
    }

    [Fact]
    public async Task Whoever_invents_origins_does_not_fill_the_log()
    {
        await using var host = await StartAsync();

        for (var number = 0; number < 100; number++)
        {
            _ = await CountAsync(host, $"Origin: http://{number}.example");
        }

        Assert.InRange(LinesOf(host).Length, 1, 20);
    }

    [Theory]
    [InlineData("X-Forwarded-Host: jane.example.com")]
    [InlineData("X-Forwarded-Host: jane.example.com, 127.0.0.1:8080")]
    [InlineData("Forwarded: for=203.0.113.5;host=jane.example.com;proto=https")]
    [InlineData("Sec-Fetch-Site: same-origin")]
    public async Task A_host_that_the_proxy_rewrote_does_not_refuse_the_pages_own_origin(string field)
    {
        await using var host = await StartAsync();

        var answer = await CountAsync(host, $"Origin: https://jane.example.com\r\nX-Forwarded-For: 203.0.113.5\r\n{field}");

        Assert.Contains("\"outcome\":\"visit\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_does_not_say_for_whom_it_asks_is_told_once()
    {
        await using var host = await StartAsync();

        for (var time = 0; time < 3; time++)
        {
            _ = await CountAsync(host, "Origin: https://jane.example.com\r\nSec-Fetch-Site: same-origin");
        }

        var told = Assert.Single(LinesOf(host));
        Assert.Contains("the proxy at 127.0.0.1 does not say for whom it asks", told, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.5")]
    [InlineData("Forwarded: for=203.0.113.5")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Real-IP: 203.0.113.5")]
    public async Task Where_others_can_call_a_peer_that_acts_as_a_proxy_is_told_once_with_the_setting(string field)
    {
        await using var host = await KestrelHost.StartAsync();

        for (var time = 0; time < 3; time++)
        {
            Assert.Contains("\"outcome\":", await CountAsync(host, field), StringComparison.Ordinal);
        }

        var told = Assert.Single(LinesOf(host));
        Assert.Contains("--trusted-proxy 127.0.0.1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.5", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_hands_on_a_clients_own_word_is_told_once()
    {
        await using var host = await StartAsync();

        for (var time = 0; time < 3; time++)
        {
            _ = await CountAsync(host, "X-Forwarded-For: 203.0.113.5\r\nForwarded: for=203.0.113.6");
        }

        Assert.Contains("name two readers", Assert.Single(LinesOf(host)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 172.30.7.1", true)]
    [InlineData("Forwarded: for=172.30.7.1", true)]
    [InlineData("X-Forwarded-For: 172.30.7.2, 172.30.7.1", true)]
    [InlineData("X-Forwarded-For: 203.0.113.5, 172.30.7.1", false)]
    [InlineData("X-Forwarded-For: 127.0.0.1", false)]
    public async Task A_proxy_that_hides_its_readers_from_the_next_one_is_told_once(string field, bool isTold)
    {
        await using var host = await KestrelHost.StartAsync(new HostSettings
        {
            TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.30.7.0/24")]),
        });

        for (var time = 0; time < 3; time++)
        {
            _ = await CountAsync(host, field);
        }

        var told = LinesOf(host);
        Assert.Equal(isTold ? 1 : 0, told.Length);
        Assert.All(told, line => Assert.Contains("ends at 172.30.7.", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/cv", "/")]
    [InlineData("/cv", "/cv/")]
    [InlineData("/people/jane", "/people/jane/")]
    public async Task Page_API_and_badge_are_below_the_base_path_and_where_a_proxy_takes_it_away(string basePath, string root)
    {
        await using var host = await StartAsync(basePath);

        Assert.Contains("Page", await GetAsync(host, root), StringComparison.Ordinal);
        Assert.Contains("\"visits\":0", await GetAsync(host, $"{root}api/visits"), StringComparison.Ordinal);
        Assert.Contains("<svg", await GetAsync(host, $"{root}api/badge.svg"), StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"visit\"", await CountAsync(host, "X-Field: a", $"{root}api/visits"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n1", await CountAsync(host, "X-Field: a", root), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 ", await GetAsync(host, $"{root}nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_path_without_its_slash_leads_to_the_page()
    {
        await using var host = await StartAsync("/cv");

        var answer = await GetAsync(host, "/cv");

        Assert.StartsWith("HTTP/1.1 308 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nLocation: /cv/\r\n", answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 ", await GetAsync(host, "/cvx/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere", "./", "./assets/site.css")]
    [InlineData("/a/b", "../", "../assets/site.css")]
    [InlineData("/a/b/", "../../", "../../assets/site.css")]
    [InlineData("/a/b/c/d", "../../../", "../../../assets/site.css")]
    [InlineData("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", "/", "/assets/site.css")]
    public async Task What_is_not_there_finds_its_way_home_under_any_path(string path, string home, string stylesheet)
    {
        await using var host = await StartAsync();

        var answer = await GetAsync(host, path);

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{home}\">", answer, StringComparison.Ordinal);
        Assert.Contains($"<link href=\"{stylesheet}\">", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_leaves_a_path_there_is_told_of_the_base_path()
    {
        await using var host = await StartAsync();

        _ = await GetAsync(host, "/cv/", field: "X-Forwarded-For: 203.0.113.5");
        _ = await GetAsync(host, "/blog/", field: "X-Forwarded-For: 203.0.113.5");

        Assert.Contains("--base-path /cv/", Assert.Single(LinesOf(host)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_and_limited_addresses_are_a_line_a_minute_each_and_no_address_is_in_it()
    {
        await using var host = await KestrelHost.StartAsync(new HostSettings
        {
            RequestsPerMinute = 10,
            Rules = new VisitRules { AddressLimit = 1 },
            TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]),
        });

        for (var time = 0; time < 30; time++)
        {
            _ = await CountAsync(host, $"X-Forwarded-For: 203.0.113.5\r\nX-Time: {time}", agent: $"Mozilla/5.0 ({time}) Gecko");
        }

        var told = LinesOf(host);
        Assert.Equal(2, told.Length);
        Assert.Single(told, line => line.Contains("--requests-per-minute", StringComparison.Ordinal));
        Assert.Single(told, line => line.Contains("--address-limit", StringComparison.Ordinal));
        Assert.DoesNotContain("203.0.113.5", host.Faults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_a_proxy_no_reader_chooses_an_address()
    {
        await using var host = await StartAsync(limit: 1);

        Assert.Contains("\"visit\"", await CountAsync(host, "X-Forwarded-For: 6.6.6.1, 203.0.113.5", agent: "Mozilla/5.0 (one) Gecko"), StringComparison.Ordinal);
        Assert.Contains("\"limited\"", await CountAsync(host, "X-Forwarded-For: 6.6.6.2, 203.0.113.5", agent: "Mozilla/5.0 (two) Gecko"), StringComparison.Ordinal);
    }

    private static Task<KestrelHost> StartAsync(string basePath = "", string? origin = null, int limit = 20) =>
        KestrelHost.StartAsync(
            new HostSettings
            {
                IsLocal = true,
                BasePath = basePath,
                Origins = new AllowedOrigins(origin is null ? [] : [origin]),
                Rules = new VisitRules { AddressLimit = limit },
                RequestsPerMinute = null,
            },
            files: Files);

    private static string[] LinesOf(KestrelHost host) =>
        host.Faults.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static Task<string> GetAsync(
        KestrelHost host, string path, string name = "localhost", string field = "X-Field: a") => RawConnection.AskAsync(
        host, $"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n{field}\r\n\r\n");

    private static Task<string> CountAsync(
        KestrelHost host, string fields, string path = "/api/visits", string agent = Browsers.Firefox) => RawConnection.AskAsync(
        host,
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\nUser-Agent: {agent}\r\nContent-Length: 0\r\n{fields}\r\n\r\n");
}
