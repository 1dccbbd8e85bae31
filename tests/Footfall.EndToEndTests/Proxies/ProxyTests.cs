using System.Globalization;
using System.Net;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Proxies;

/// <summary>
/// <c>footfall serve</c> as it is without a setting, behind real proxies with the configurations that
/// <c>docs/self-host.md</c> shows, and those that people copy from elsewhere.
/// </summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const int Readers = 400;
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private static readonly IPAddress[] Addresses =
        [.. Enumerable.Range(0, Readers).Select(n => new IPAddress([127, 0, (byte)(1 + (n / 200)), (byte)(1 + (n % 200))]))];

    private readonly TemporaryDirectory folder = new();
    private FootfallProcess footfall = null!;

    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(
        folder.File("resume.json"), """{"basics":{"name":"Jane Doe"}}""", Cancellation);

    public async ValueTask DisposeAsync()
    {
        await footfall.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("nginx", "nginx", "http://jane.example.com/")]
    [InlineData("Under a path", "nginx", "http://jane.example.com/cv/")]
    [InlineData("Caddy", "caddyfile", "https://jane.example.com/")]
    [InlineData("Under a path", "caddyfile", "https://jane.example.com/cv/")]
    public async Task Each_of_400_readers_is_a_visit(string heading, string language, string page)
    {
        var server = await StartAsync();
        var configuration = SelfHostDocument.Block(heading, language);
        await using var proxy = await (language == "nginx"
            ? ProxyProcess.StartNginxAsync(configuration, server)
            : ProxyProcess.StartCaddyAsync(configuration, server));

        await AssertPageWorksAsync(proxy, new Uri(page), isAddressed: true);
        await Parallel.ForEachAsync(Addresses, Cancellation, async (address, _) =>
        {
            using var reader = proxy.ReaderAt(address);
            Assert.Equal("visit", await CountAsync(reader, new Uri(page)));
        });

        await AssertVisitsAsync(server, Readers);
        Assert.Equal("", footfall.Error);
    }

    [Theory]
    [InlineData("nginx", "nginx", "http://jane.example.com/")]
    [InlineData("Caddy", "caddyfile", "https://jane.example.com/")]
    public async Task No_reader_chooses_an_address(string heading, string language, string page)
    {
        var server = await StartAsync();
        var configuration = SelfHostDocument.Block(heading, language);
        await using var proxy = await (language == "nginx"
            ? ProxyProcess.StartNginxAsync(configuration, server)
            : ProxyProcess.StartCaddyAsync(configuration, server));
        using var reader = proxy.ReaderAt(Addresses[0]);

        for (var number = 1; number <= 25; number++)
        {
            var address = $"203.0.113.{number}";
            await CountAsync(
                reader,
                new Uri(page),
                agent: $"Mozilla/5.0 (X11; Linux x86_64; rv:{number}.0) Gecko/20100101 Firefox/{number}.0",
                ("X-Forwarded-For", address), ("X-Real-IP", address), ("CF-Connecting-IP", address), ("Forwarded", $"for={address}"));
        }

        await AssertVisitsAsync(server, 20);
    }

    [Theory]
    [InlineData("location / { proxy_pass http://127.0.0.1:8080; }")]
    [InlineData("location / { proxy_pass http://127.0.0.1:8080; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; }")]
    public async Task A_configuration_from_elsewhere_is_told_what_it_lacks(string location)
    {
        var server = await StartAsync();
        await using var proxy = await ProxyProcess.StartNginxAsync($$"""server { listen 80; server_name _; {{location}} }""", server);
        using var reader = proxy.ReaderAt(Addresses[0]);
        var page = new Uri("http://jane.example.com:8880/");

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal("403", await CountAsync(reader, page));
        }

        await footfall.WaitForAsync(process => process.Error, "--origin http://jane.example.com:8880");
        Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_proxy_that_says_nothing_is_told_so_and_its_readers_over_HTTPS_are_counted_as_far_as_they_can_be()
    {
        var server = await StartAsync();
        await using var proxy = await ProxyProcess.StartNginxAsync(
            "server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }", server);
        using var reader = proxy.ReaderAt(Addresses[0]);

        var outcome = await CountAsync(
            reader, new Uri("http://127.0.0.1/"), Browser, ("Origin", "https://jane.example.com"), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal("visit", outcome);
        await footfall.WaitForAsync(process => process.Error, "does not say for whom it asks");
    }

    [Theory]
    [InlineData("location /cv/ { proxy_pass http://127.0.0.1:8080; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; }")]
    [InlineData("location /cv/ { proxy_pass http://127.0.0.1:8080/; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; }")]
    public async Task With_a_base_path_it_does_not_matter_whether_the_proxy_takes_it_away(string location)
    {
        var server = await StartAsync("--base-path", "/cv/");
        await using var proxy = await ProxyProcess.StartNginxAsync($$"""server { listen 80; {{location}} }""", server);
        var page = new Uri("http://jane.example.com/cv/");

        await AssertPageWorksAsync(proxy, page);
        using var reader = proxy.ReaderAt(Addresses[0]);
        Assert.Equal("visit", await CountAsync(reader, page));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<Uri> StartAsync(params string[] arguments)
    {
        footfall = FootfallProcess.Start(folder.FullName, ["serve", "--port", "0", .. arguments]);
        return await footfall.WaitForUrlAsync();
    }

    // As a browser finds them: page, script and stylesheet of the page and of the one that says there is none, API and badge.
    private static async Task AssertPageWorksAsync(ProxyProcess proxy, Uri page, bool isAddressed = false)
    {
        using var reader = proxy.ReaderAt(Addresses[0]);
        var home = await reader.GetStringAsync(page, Cancellation);
        if (isAddressed)
        {
            Assert.Contains($"<link rel=\"canonical\" href=\"{page}\">", home, StringComparison.Ordinal);
        }

        await AssertLinkedAsync(reader, page, home, "<script src=\"");
        await AssertLinkedAsync(reader, page, home, "<link rel=\"stylesheet\" href=\"");
        await AssertLinkedAsync(reader, page, home, "data-api=\"");
        Assert.Contains("<svg", await reader.GetStringAsync(new Uri(page, "api/badge.svg"), Cancellation), StringComparison.Ordinal);

        var lost = new Uri(page, "no/such/page");
        using var answer = await reader.GetAsync(lost, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await AssertLinkedAsync(
            reader, lost, await answer.Content.ReadAsStringAsync(Cancellation), "<link rel=\"stylesheet\" href=\"");
    }

    private static async Task AssertLinkedAsync(HttpClient reader, Uri page, string html, string before)
    {
        var start = html.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{page} has no {before}");
        var address = html[(start + before.Length)..].Split('"')[0];
        using var answer = await reader.GetAsync(new Uri(page, address), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{new Uri(page, address)}: {answer.StatusCode}");
    }

    /// <returns>The outcome, or the status of a refusal.</returns>
    private static Task<string> CountAsync(HttpClient reader, Uri page) =>
        CountAsync(reader, page, Browser, ("Origin", page.GetLeftPart(UriPartial.Authority)));

    private static async Task<string> CountAsync(
        HttpClient reader, Uri page, string agent, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "api/visits"));
        _ = request.Headers.TryAddWithoutValidation("User-Agent", agent);
        foreach (var (name, value) in fields)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await reader.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        return answer.IsSuccessStatusCode
            ? body.Split("\"outcome\":\"")[1].Split('"')[0]
            : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task AssertVisitsAsync(Uri server, int visits)
    {
        using var client = new HttpClient { BaseAddress = server };
        Assert.Contains(
            $"\"visits\":{visits},", await client.GetStringAsync("/api/visits", Cancellation), StringComparison.Ordinal);
    }
}
