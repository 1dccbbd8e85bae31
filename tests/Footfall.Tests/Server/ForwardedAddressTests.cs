using System.Text;
using Footfall.Server;
using Footfall.Site;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Server;

/// <summary>The page's own address, as a proxy on this machine says that its reader asked for it.</summary>
public sealed class ForwardedAddressTests
{
    private const string Plain = "<p>Nowhere</p>";

    private static readonly SiteFile[] Files = [Page("index.html", Plain), Page("de.html", Plain), Page("404.html", "Lost")];

    private int rendered;

    [Theory]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https", "https://jane.example.com/")]
    [InlineData("X-Forwarded-Host: JANE.example.com:8443\r\nX-Forwarded-Proto: HTTPS", "https://jane.example.com:8443/")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Prefix: /cv/", "http://jane.example.com/cv/")]
    [InlineData("X-Forwarded-Host: a.example.com, a.example.com\r\nX-Forwarded-Proto: https,https", "https://a.example.com/")]
    [InlineData("X-Forwarded-Host: xn--mnchen-3ya.example\r\nX-Forwarded-Proto: https", "https://xn--mnchen-3ya.example/")]
    [InlineData("Forwarded: for=203.0.113.5;host=jane.example.com;proto=https", "https://jane.example.com/")]
    [InlineData("Forwarded: for=203.0.113.5;host=\"jane.example.com:8443\";proto=https", "https://jane.example.com:8443/")]
    [InlineData("Forwarded: host=jane.example.com;proto=https\r\nX-Forwarded-Host: jane.example.com", "https://jane.example.com/")]
    public async Task A_page_by_a_proxy_has_the_address_that_its_reader_asked_for(string fields, string address)
    {
        await using var host = await StartAsync();

        foreach (var path in new[] { "/", "/index.html", "/de.html" })
        {
            Assert.EndsWith($"\r\n\r\n{address}", await GetAsync(host, path, fields), StringComparison.Ordinal);
        }

        Assert.Equal(1, rendered);
        Assert.EndsWith(Plain, await GetAsync(host, "/", "X-Field: a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-Host: jane.example.com")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: ftp")]
    [InlineData("X-Forwarded-Host: evil.example, jane.example.com\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: evil.example\r\nX-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example")]
    [InlineData("Forwarded: host=evil.example;proto=https, host=jane.example.com;proto=https")]
    [InlineData("X-Forwarded-For: 203.0.113.5\r\nForwarded: for=203.0.113.6;host=evil.example;proto=https")]
    [InlineData("X-Forwarded-Host: 192.0.2.1\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: [2001:db8::1]\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: localhost\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: jane@evil.example\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: evil.example/cv\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: evil.example\"><script>\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: -evil.example\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: jane.example.com:99999\r\nX-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /../x")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: //evil.example")]
    [InlineData("X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /a, /b")]
    [InlineData("X-Original-Host: jane.example.com")]
    public async Task What_is_no_address_of_a_page_changes_no_byte(string fields)
    {
        await using var host = await StartAsync();

        Assert.EndsWith(Plain, await GetAsync(host, "/", fields), StringComparison.Ordinal);
        Assert.Equal(0, rendered);
    }

    [Fact]
    public async Task Of_a_client_that_is_no_proxy_nothing_is_believed()
    {
        await using var host = await StartAsync(isLocal: false);
        var plain = await GetAsync(host, "/", "X-Field: a");

        foreach (var fields in new[] { "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https", "Forwarded: host=evil.example;proto=https" })
        {
            Assert.Equal(WithoutDate(plain), WithoutDate(await GetAsync(host, "/", fields, name: "evil.example")));
        }

        Assert.Equal(0, rendered);
    }

    [Fact]
    public async Task Whoever_invents_names_has_a_few_pages_rendered_and_no_more()
    {
        await using var host = await StartAsync();

        var pages = new List<string>();
        for (var number = 0; number < 50; number++)
        {
            pages.Add(await GetAsync(host, "/", $"X-Forwarded-Host: n{number}.example\r\nX-Forwarded-Proto: https"));
        }

        Assert.Equal(4, rendered);
        Assert.Equal(46, pages.Count(page => page.EndsWith(Plain, StringComparison.Ordinal)));
        Assert.EndsWith("https://n0.example/", await GetAsync(host, "/", "X-Forwarded-Host: n0.example\r\nX-Forwarded-Proto: https"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_shared_cache_keeps_it_and_each_address_has_a_tag_of_its_own()
    {
        const string Fields = "X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https";
        await using var host = await StartAsync();

        var plain = FieldsOf(await GetAsync(host, "/", "X-Field: a"));
        var placed = FieldsOf(await GetAsync(host, "/", Fields));

        Assert.Equal("public, max-age=0, must-revalidate", plain["Cache-Control"]);
        Assert.Equal("private, max-age=0, must-revalidate", placed["Cache-Control"]);
        Assert.NotEqual(plain["ETag"], placed["ETag"]);
        Assert.StartsWith("HTTP/1.1 304 ", await GetAsync(host, "/", $"{Fields}\r\nIf-None-Match: {placed["ETag"]}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(host, "/", $"{Fields}\r\nIf-None-Match: {plain["ETag"]}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(host, "/", $"If-None-Match: {placed["ETag"]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_base_path_is_a_part_of_it_whatever_a_reader_says()
    {
        await using var host = await StartAsync(basePath: "/cv");

        var page = await GetAsync(host, "/cv/", "X-Forwarded-Host: jane.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil");

        Assert.EndsWith("https://jane.example.com/cv/", page, StringComparison.Ordinal);
    }

    private static SiteFile Page(string path, string content) =>
        new(path, "text/html; charset=utf-8", "public, max-age=0, must-revalidate", Encoding.UTF8.GetBytes(content));

    private static string WithoutDate(string answer) =>
        string.Join("\r\n", answer.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)));

    private static Dictionary<string, string> FieldsOf(string answer) => answer.Split("\r\n\r\n")[0].Split("\r\n").Skip(1)
        .Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1], StringComparer.OrdinalIgnoreCase);

    private static Task<string> GetAsync(KestrelHost host, string path, string fields, string name = "localhost") => RawConnection.AskAsync(
        host, $"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n{fields}\r\n\r\n");

    private async Task<KestrelHost> StartAsync(bool isLocal = true, string basePath = "")
    {
        var host = await KestrelHost.StartAsync(new HostSettings { IsLocal = isLocal, BasePath = basePath });
        host.Site = new StaticSite(Files, [], renderAt: RenderAsync);
        return host;
    }

    private Task<IReadOnlyList<SiteFile>> RenderAsync(Uri address)
    {
        _ = Interlocked.Increment(ref rendered);
        return Task.FromResult<IReadOnlyList<SiteFile>>([.. Files.Select(file => Page(file.Path, address.AbsoluteUri))]);
    }
}
