using System.Net;
using System.Text;
using Footfall.Server;
using Footfall.Site;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Server;

public sealed class StaticSiteTests : IAsyncLifetime
{
    private static readonly string Page = "<!doctype html>" + string.Concat(Enumerable.Repeat("<p>Read on.</p>", 100));

    private static readonly SiteFile[] Files =
    [
        File("index.html", "text/html; charset=utf-8", "no-cache", Page),
        File("404.html", "text/html; charset=utf-8", "no-cache", "Nothing here."),
        File("assets/site.0123.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", "p{margin:0}"),
    ];

    private KestrelHost host = null!;

    public async ValueTask InitializeAsync() => host = await KestrelHost.StartAsync(files: Files);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/index.html", HttpStatusCode.OK, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/?utm_source=card", HttpStatusCode.OK, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/assets/site.0123.css", HttpStatusCode.OK, "text/css; charset=utf-8", "public, max-age=31536000, immutable")]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/assets/", HttpStatusCode.NotFound, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/INDEX.HTML", HttpStatusCode.NotFound, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/assets/../../../../etc/passwd", HttpStatusCode.NotFound, "text/html; charset=utf-8", "no-cache")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd", HttpStatusCode.NotFound, "text/html; charset=utf-8", "no-cache")]
    public async Task A_path_is_answered_with_its_file_or_the_page_that_says_there_is_none(
        string path, HttpStatusCode status, string contentType, string cacheControl)
    {
        var answer = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(cacheControl, answer.Headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public async Task A_late_file_is_made_for_the_first_who_asks_and_kept()
    {
        var made = 0;
        host.Site = new StaticSite(Files, [], [new("late.txt", MakeAsync), new("failed.txt", () => Task.FromResult<SiteFile?>(null))]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(HttpMethod.Get, "/late.txt")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal("late", await answers[0].Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, made);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "/failed.txt")).StatusCode);

        async Task<SiteFile?> MakeAsync()
        {
            _ = Interlocked.Increment(ref made);
            await Task.Yield();
            return File("late.txt", "text/plain", "no-cache", "late");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/assets/site.0123.css")]
    public async Task Every_answer_carries_the_security_headers_and_does_not_name_the_server(string path)
    {
        var answer = await SendAsync(HttpMethod.Get, path);

        foreach (var (name, value) in SecurityHeaders.For())
        {
            Assert.Equal(value, answer.Headers.GetValues(name).Single());
        }

        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task What_is_for_other_sites_says_so_and_nothing_else_does()
    {
        host.Site = new StaticSite(
            [.. Files, File("count.js", "text/javascript", "public, max-age=3600", "count()") with { IsForOtherSites = true }],
            SecurityHeaders.For());
        var script = await SendAsync(HttpMethod.Get, "/count.js");
        var known = await SendAsync(HttpMethod.Get, "/count.js", ("If-None-Match", script.Headers.ETag!.Tag));

        Assert.Equal("cross-origin", await PolicyOfAsync("/count.js"));
        Assert.Equal("same-origin", await PolicyOfAsync("/assets/site.0123.css"));
        Assert.Equal("same-origin", await PolicyOfAsync("/nowhere"));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal("cross-origin", known.Headers.GetValues("Cross-Origin-Resource-Policy").Single());

        async Task<string> PolicyOfAsync(string path) =>
            (await SendAsync(HttpMethod.Get, path)).Headers.GetValues("Cross-Origin-Resource-Policy").Single();
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*, br;q=0", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("zstd", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("", null)]
    public async Task The_smallest_coding_that_the_browser_takes_is_sent(string accepted, string? sent)
    {
        var answer = await SendAsync(HttpMethod.Get, "/", ("Accept-Encoding", accepted));

        Assert.Equal(sent, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        Assert.Equal(Page, await DecodeAsync(answer.Content, sent));
    }

    [Fact]
    public async Task What_does_not_get_smaller_is_sent_as_it_is()
    {
        var answer = await SendAsync(HttpMethod.Get, "/assets/site.0123.css", ("Accept-Encoding", "br, gzip"));

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Empty(answer.Headers.Vary);
    }

    [Fact]
    public async Task Each_coding_has_a_tag_of_its_own()
    {
        string[] tags =
        [
            (await SendAsync(HttpMethod.Get, "/")).Headers.ETag!.Tag,
            (await SendAsync(HttpMethod.Get, "/", ("Accept-Encoding", "gzip"))).Headers.ETag!.Tag,
            (await SendAsync(HttpMethod.Get, "/", ("Accept-Encoding", "br"))).Headers.ETag!.Tag,
        ];

        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("{0}", HttpStatusCode.NotModified)]
    [InlineData("W/{0}", HttpStatusCode.NotModified)]
    [InlineData("\"old\", {0}", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"old\"", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task What_the_browser_has_is_not_sent_again(string ifNoneMatch, HttpStatusCode status)
    {
        var tag = (await SendAsync(HttpMethod.Get, "/")).Headers.ETag!.Tag;

        var answer = await SendAsync(
            HttpMethod.Get, "/", ("If-None-Match", ifNoneMatch.Replace("{0}", tag, StringComparison.Ordinal)));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(tag, answer.Headers.ETag!.Tag);
        Assert.Equal("no-cache", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(status == HttpStatusCode.OK ? Page : "", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    public async Task HEAD_is_GET_without_the_content(string path)
    {
        var get = await SendAsync(HttpMethod.Get, path);
        var head = await SendAsync(HttpMethod.Head, path);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SiteFile File(string path, string contentType, string cacheControl, string content) =>
        new(path, contentType, cacheControl, Encoding.UTF8.GetBytes(content));

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in fields)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.Client.SendAsync(request, Cancellation);
    }

    private static async Task<string> DecodeAsync(HttpContent content, string? coding)
    {
        await using var sent = await content.ReadAsStreamAsync(Cancellation);
        await using Stream decoded = coding switch
        {
            "br" => new System.IO.Compression.BrotliStream(sent, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(sent, System.IO.Compression.CompressionMode.Decompress),
            _ => sent,
        };
        using var reader = new StreamReader(decoded);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
