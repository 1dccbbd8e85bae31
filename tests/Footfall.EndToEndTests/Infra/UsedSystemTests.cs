using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Footfall.Api;
using Footfall.Counting;
using Footfall.EndToEndTests.Browser;
using Footfall.Site;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Infra;

/// <summary>The applied system does what it is for, and is what the code says.</summary>
[Collection(nameof(AppliedSystem))]
public sealed class UsedSystemTests(AppliedSystem system)
{
    private const string Revalidated = "public, max-age=0, s-maxage=86400, must-revalidate";
    private const string Immutable = "public, max-age=31536000, immutable";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visit_with_Chromium_raises_the_number_and_a_second_look_does_not()
    {
        await system.StartAsync();
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        var before = await system.ReadVisitsAsync();

        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFixture.Executable,
            Args =
            [
                .. ChromiumFixture.Arguments,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--host-resolver-rules=MAP {system.Site.Host}:443 127.0.0.1:{system.StandIn.Port}"),
            ],
        });
        await using var context = await chromium.NewContextAsync(new()
        {
            UserAgent = ChromiumFixture.DesktopUserAgent,
            IgnoreHTTPSErrors = true,
        });
        var page = await context.NewPageAsync();
        var answer = page.WaitForResponseAsync("**/api/visits");
        _ = await page.GotoAsync(system.Site.ToString());
        var receipt = JsonNode.Parse(await (await answer).TextAsync())!;

        Assert.Equal("visit", (string?)receipt["outcome"]);
        Assert.Equal(before + 1, (long?)receipt["visits"]);
        var shown = (before + 1).ToString("N0", CultureInfo.InvariantCulture);
        await Assertions.Expect(page.Locator("[data-counter]")).ToContainTextAsync(shown);

        answer = page.WaitForResponseAsync("**/api/visits");
        _ = await page.ReloadAsync();
        Assert.Equal("repeat", (string?)JsonNode.Parse(await (await answer).TextAsync())!["outcome"]);
        Assert.Equal(before + 1, await system.ReadVisitsAsync());
    }

    [Fact]
    public async Task The_picture_of_the_pages_number_counts_on_the_page_and_nowhere_else()
    {
        await system.StartAsync();
        var before = await system.ReadVisitsAsync();

        await ShowPictureAsync("cross-site");
        await ShowPictureAsync("none");
        Assert.Equal(before, await system.ReadVisitsAsync());

        await ShowPictureAsync("same-origin");
        Assert.Equal(before + 1, await system.ReadVisitsAsync());
    }

    private async Task ShowPictureAsync(string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Site, "/api/hit.svg"));
        request.Headers.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0");
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await system.Browser.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_owner_reads_the_numbers_by_the_key_and_nobody_else_does()
    {
        await system.StartAsync();
        using var page = await system.Browser.GetAsync(new Uri(system.Site, "/stats/"), Stop);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(system.Dist, "stats", "index.html"), Stop),
            await page.Content.ReadAsStringAsync(Stop));

        using var refused = await AskForNumbersAsync("a-wrong-key");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var numbers = await AskForNumbersAsync(Terraform.OwnerKey);
        Assert.Equal(HttpStatusCode.OK, numbers.StatusCode);
        Assert.Equal("no-store", numbers.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal(
            await system.ReadVisitsAsync(),
            (long?)JsonNode.Parse(await numbers.Content.ReadAsStringAsync(Stop))!["total"]!["visits"]);
    }

    [Fact]
    public async Task The_owner_is_told_the_version_and_nobody_else_is()
    {
        await system.StartAsync();
        using var told = await AskAsync("/api/health", Terraform.OwnerKey);

        Assert.StartsWith(
            """{"status":"ok","version":""", await told.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(
            """{"status":"ok"}""", await system.Browser.GetStringAsync(new Uri(system.Site, "/api/health"), Stop));
    }

    private Task<HttpResponseMessage> AskForNumbersAsync(string key) => AskAsync("/api/owner/report?days=7", key);

    private async Task<HttpResponseMessage> AskAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(system.Site, path));
        request.Headers.Authorization = new("Bearer", key);
        return await system.Browser.SendAsync(request, Stop);
    }

    [Fact]
    public async Task The_routes_are_those_of_the_code()
    {
        await system.StartAsync();
        var expected = VisitsApi.Routes
            .SelectMany(route => route.Method == "GET"
                ? new[] { "GET", "HEAD", "OPTIONS" }.Select(method => $"{method} {route.Path}")
                : [$"{route.Method} {route.Path}", $"OPTIONS {route.Path}"])
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            (await system.StandIn.FindEdgeAsync()).RouteKeys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_security_headers_are_those_that_Kestrel_sends()
    {
        await system.StartAsync();
        using var page = await system.Browser.GetAsync(system.Site, Stop);
        using var script = await system.Browser.GetAsync(new Uri(system.Site, "/count.js"), Stop);
        var headers = SecurityHeaders.For(overTls: true);
        var forOtherSites = SecurityHeaders.ForOtherSites;

        Assert.All(headers, header => Assert.Equal(header.Value, ValueIn(page, header.Key)));
        Assert.All(headers, header => Assert.Equal(
            header.Key == forOtherSites.Key ? forOtherSites.Value : header.Value, ValueIn(script, header.Key)));
        var edge = await system.StandIn.FindEdgeAsync();
        Assert.All(edge.ResponseHeaders.Values, added => Assert.Equal(headers.Count, added.Count));

        static string? ValueIn(HttpResponseMessage answer, string name) =>
            answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }

    [Theory]
    [InlineData("/index.html", "text/html; charset=utf-8", Revalidated)]
    [InlineData("/resume.json", "application/json; charset=utf-8", Revalidated)]
    [InlineData("/robots.txt", "text/plain; charset=utf-8", Revalidated)]
    [InlineData("/_headers", "text/plain; charset=utf-8", Revalidated)]
    [InlineData("/count.js", "text/javascript; charset=utf-8", "public, max-age=3600, s-maxage=86400")]
    [InlineData("/assets/*.css", "text/css; charset=utf-8", Immutable)]
    [InlineData("/assets/*.js", "text/javascript; charset=utf-8", Immutable)]
    public async Task A_file_is_sent_as_what_it_is_for_as_long_as_it_holds(string path, string type, string caching)
    {
        await system.StartAsync();
        var dist = system.Dist;
        var folder = Path.Combine(dist, Path.GetDirectoryName(path)![1..]);
        var file = Directory.GetFiles(folder, Path.GetFileName(path)).First();
        using var answer = await system.Browser.GetAsync(new Uri(system.Site, Path.GetRelativePath(dist, file)), Stop);

        Assert.Equal(await File.ReadAllBytesAsync(file, Stop), await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(type, answer.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(caching, answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    [Fact]
    public async Task What_is_not_there_is_told_by_a_page_and_by_the_API_in_its_own_words()
    {
        await system.StartAsync();
        using var page = await system.Browser.GetAsync(new Uri(system.Site, "/no/such/page"), Stop);
        using var counter = await system.Browser.GetAsync(new Uri(system.Site, "/api/visits?counter=none"), Stop);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(HttpStatusCode.NotFound, counter.StatusCode);
        Assert.Equal("application/problem+json", counter.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_mistake_in_one_request_answers_no_other(string method)
    {
        await system.StartAsync();
        using var mistake = await SendAsync("/api/badge.svg?counter=none");
        using var badge = await SendAsync("/api/badge.svg");

        Assert.Equal(HttpStatusCode.NotFound, mistake.StatusCode);
        Assert.Equal(HttpStatusCode.OK, badge.StatusCode);

        async Task<HttpResponseMessage> SendAsync(string path)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(system.Site, path));
            return await system.Browser.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task A_foreign_page_may_not_count_and_CloudFront_says_so_as_the_API_does()
    {
        await system.StartAsync();
        var before = await system.ReadVisitsAsync();
        using var visitor = new HttpClient();
        var api = await system.StandIn.Function!.FindLiveAsync();

        var refused = await CountAsync(system.Browser, system.Site, "https://elsewhere.example");

        Assert.Equal(
            (HttpStatusCode.Forbidden, "application/problem+json", 403L),
            (refused.Status, refused.Type, (long)JsonNode.Parse(refused.Body)!["status"]!));
        Assert.DoesNotContain(refused.Headers, name => name is "x-footfall-refused" or "Access-Control-Allow-Origin");
        Assert.Equal(
            refused.Status, (await CountAsync(system.Browser, system.Site, "https://elsewhere.example", claimed: true)).Status);
        var directly = await CountAsync(visitor, api, "https://elsewhere.example", claimed: true);
        Assert.Equal((refused.Status, refused.Type, refused.Body), (directly.Status, directly.Type, directly.Body));
        Assert.Equal(before, await system.ReadVisitsAsync());
        Assert.Equal(HttpStatusCode.OK, (await CountAsync(system.Browser, system.Site, origin: null, claimed: true)).Status);
    }

    /// <param name="claimed">Says itself what only the function may say to CloudFront.</param>
    private static async Task<(HttpStatusCode Status, string? Type, string Body, string[] Headers)> CountAsync(
        HttpClient client, Uri host, string? origin, bool claimed = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, "/api/visits"));
        request.Headers.Add("User-Agent", $"{ChromiumFixture.DesktopUserAgent} {Guid.NewGuid():N}");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (claimed)
        {
            request.Headers.Add("x-footfall-refused", "403");
            request.Headers.Add("x-footfall-edge", "a-secret-by-guessing");
        }

        using var answer = await client.SendAsync(request, Stop);
        return (
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync(Stop),
            [.. answer.Headers.Select(header => header.Key)]);
    }

    [Fact]
    public async Task The_log_has_neither_address_nor_user_agent_and_the_metrics_of_the_dashboard()
    {
        await system.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Site, "/api/visits"));
        request.Headers.Add("User-Agent", "Mozilla/5.0 (a browser of its own kind) Footfall-log-test");
        using var answer = await system.Browser.SendAsync(request, Stop);
        _ = answer.EnsureSuccessStatusCode();

        string[] log;
        lock (system.StandIn.Function!.Log)
        {
            log = [.. system.StandIn.Function.Log];
        }

        Assert.DoesNotContain(log, line => line.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("192.0.2.1", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("Mozilla", StringComparison.Ordinal));
        var charted = await ReadChartedMetricsAsync();
        Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.Contains(outcome.Name(), charted));
        var logged = log.Select(line => JsonNode.Parse(line)!["_aws"]).OfType<JsonNode>()
            .SelectMany(metrics => metrics["CloudWatchMetrics"]![0]!["Metrics"]!.AsArray())
            .Select(metric => (string)metric!["Name"]!)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Subset(charted, logged);
    }

    private async Task<HashSet<string>> ReadChartedMetricsAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "GetDashboard",
            ["Version"] = "2010-08-01",
            ["DashboardName"] = "footfall",
        });
        using var answer = await system.Emulator.CallAsync("monitoring", HttpMethod.Post, "/", form);
        var body = XElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).Descendants()
            .Single(element => element.Name.LocalName == "DashboardBody").Value;
        return JsonNode.Parse(body)!["widgets"]!.AsArray()
            .SelectMany(widget => widget!["properties"]!["metrics"]!.AsArray())
            .Where(metric => (string?)metric![0] == "Footfall")
            .Select(metric => (string)metric![1]!)
            .ToHashSet(StringComparer.Ordinal);
    }
}
