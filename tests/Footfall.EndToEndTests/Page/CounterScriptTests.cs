using System.Collections.Concurrent;
using Footfall.EndToEndTests.Browser;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Page;

/// <summary>What counter.js asks of the API and makes of its answers; what the API counts is tested elsewhere.</summary>
public sealed class CounterScriptTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private readonly ConcurrentQueue<string> requests = new();

    [Fact]
    public async Task The_answer_is_shown_without_moving_anything()
    {
        var painted = new TaskCompletionSource();
        await using var server = await StartAsync(StatusCodes.Status200OK, knownVisits: null, answerWhen: painted.Task);
        var context = await chromium.NewBrowserAsync(new() { ViewportSize = new() { Width = 1280, Height = 8000 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        // A page that arrives in pieces may be painted in pieces, too; what moves then is not the answer's doing.
        await page.EvaluateAsync("""
            () => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(() => {
              self.moved = 0;
              new PerformanceObserver(list => list.getEntries().forEach(shift => { self.moved += shift.value; }))
                .observe({ type: 'layout-shift' });
              painted();
            })))
            """);
        painted.SetResult();

        await Assertions.Expect(Visits(page)).ToHaveTextAsync("1,235 visits 1,012 visitors");
        Assert.Equal(["""POST {"counter":"/"}"""], requests);
        Assert.Equal(
            0, await page.EvaluateAsync<double>("() => new Promise(done => setTimeout(() => done(self.moved), 500))"));
    }

    [Fact]
    public async Task The_browser_keeps_and_calls_nothing_else()
    {
        var errors = new ConcurrentQueue<string>();
        var addresses = new ConcurrentQueue<string>();
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        page.Console += (_, message) => errors.Enqueue(message.Text);
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Request += (_, request) => addresses.Enqueue(request.Url);
        await page.GotoAsync(server.Url.AbsoluteUri);
        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");

        Assert.Empty(errors);
        Assert.All(addresses, address => Assert.StartsWith(server.Url.AbsoluteUri, address, StringComparison.Ordinal));
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 2)]
    [InlineData(StatusCodes.Status500InternalServerError, 2)]
    [InlineData(StatusCodes.Status400BadRequest, 1)]
    [InlineData(StatusCodes.Status429TooManyRequests, 1)]
    public async Task An_error_of_the_servers_own_is_tried_again_once(int status, int expected)
    {
        await using var server = await StartAsync(status);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await WaitForRequestsAsync(expected, () => page.Clock.RunForAsync(1_000));
        await LetTimePassAsync(page);

        Assert.Equal(expected, requests.Count);
        await Assertions.Expect(Visits(page)).ToHaveTextAsync("1,000 visits");
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_and_may_succeed()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        var attempts = 0;
        await page.RouteAsync("**/api/visits", route =>
            Interlocked.Increment(ref attempts) == 1 ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync(server.Url.AbsoluteUri);

        await Assertions.Expect(Visits(page)).ToHaveTextAsync("1,235 visits 1,012 visitors");
        Assert.Equal(2, attempts);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("""{ "visits": null }""")]
    [InlineData("")]
    public async Task A_senseless_answer_leaves_the_page_as_it_was_built(string answer)
    {
        await using var server = await SiteServer.StartAsync(
            await ExampleSite.BuildAsync(new() { KnownVisits = 1000 }),
            context =>
            {
                requests.Enqueue("");
                return context.Response.WriteAsync(answer);
            });
        var page = await OpenAsync(server);

        await WaitForRequestsAsync(1);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await Assertions.Expect(Visits(page)).ToHaveTextAsync("1,000 visits");
    }

    [Fact]
    public async Task An_automated_browser_says_what_it_is()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'webdriver', { value: true })");
        await page.GotoAsync(server.Url.AbsoluteUri);

        await WaitForRequestsAsync(1);

        Assert.Equal(["""POST {"counter":"/","webdriver":true}"""], requests);
    }

    [Fact]
    public async Task A_browser_that_is_left_out_only_reads_until_it_is_counted_again()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await OpenAsync(server, "#not-me");
        var note = page.GetByText("Visits with this browser are not counted.");

        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");
        await Assertions.Expect(note).ToBeInViewportAsync();
        await page.GotoAsync("about:blank");
        await page.GotoAsync(server.Url.AbsoluteUri);
        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");
        await page.GetByText("Count them again").ClickAsync();
        await Assertions.Expect(note).ToBeHiddenAsync();
        await page.GotoAsync("about:blank");
        await page.GotoAsync(server.Url.AbsoluteUri);
        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");

        Assert.Equal(["GET ?counter=%2F", "GET ?counter=%2F", """POST {"counter":"/"}"""], requests);
    }

    [Fact]
    public async Task Without_JavaScript_the_page_is_whole()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var context = await chromium.NewBrowserAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        await Assertions.Expect(page.Locator("main > section")).ToHaveCountAsync(12);
        await Assertions.Expect(Visits(page)).ToHaveTextAsync("1,000 visits");
        Assert.Empty(requests);
    }

    private static ILocator Visits(IPage page) => page.Locator("[data-counter]");

    private async Task<SiteServer> StartAsync(
        int status, long? knownVisits = 1000, Task? answerWhen = null) => await SiteServer.StartAsync(
        await ExampleSite.BuildAsync(new() { KnownVisits = knownVisits }),
        async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var detail = await reader.ReadToEndAsync() + context.Request.QueryString;
            requests.Enqueue($"{context.Request.Method} {detail}");
            await (answerWhen ?? Task.CompletedTask);
            context.Response.StatusCode = status;
            await ExampleSite.Api(context);
        });

    private async Task<IPage> OpenAsync(SiteServer server, string fragment = "")
    {
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri + fragment);
        return page;
    }

    /// <summary>A minute of the page's time, with room between its seconds for a server to answer.</summary>
    private static async Task LetTimePassAsync(IPage page)
    {
        for (var second = 0; second < 60; second++)
        {
            await page.Clock.RunForAsync(1_000);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task WaitForRequestsAsync(int count, Func<Task>? meanwhile = null)
    {
        while (requests.Count < count)
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
