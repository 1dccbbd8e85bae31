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
        Assert.Equal(["""POST {"counter":"/","webdriver":false}"""], requests);
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
    [InlineData(StatusCodes.Status429TooManyRequests, 2)]
    public async Task What_may_go_away_is_tried_again_once(int status, int expected)
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

    [Theory]
    [InlineData("?to=k7f3q2xm", null, null, ",\"link\":\"k7f3q2xm\"")]
    [InlineData("?utm=1&to=k7f3q2xm#work", "https://www.linkedin.com/in/somebody?x=1", null, ",\"referrer\":\"www.linkedin.com\",\"link\":\"k7f3q2xm\"")]
    [InlineData("?to=Acme", "https://intranet.acme.example/wiki", null, ",\"referrer\":\"intranet.acme.example\"")]
    [InlineData("?to=k7f3q2xm9&auto=k7f3q2xm", null, null, "")]
    [InlineData("?to=k7f3q2xm", null, "zzzzzzzz", ",\"link\":\"zzzzzzzz\"")]
    public async Task It_sends_along_the_link_and_the_name_of_the_site_that_led_here(
        string query, string? referrer, string? builtFor, string sent)
    {
        await using var server = await SiteServer.StartAsync(
            await ExampleSite.BuildAsync(new() { Link = builtFor }),
            async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                requests.Enqueue(await reader.ReadToEndAsync());
                await ExampleSite.Api(context);
            });
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(new Uri(server.Url, query).AbsoluteUri, new() { Referer = referrer });

        await WaitForRequestsAsync(1);

        Assert.Equal([$$"""{"counter":"/","webdriver":false{{sent}}}"""], requests);
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task It_is_tried_again_when_the_server_says(int status)
    {
        await using var server = await StartAsync(status, retryAfter: "200");
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.Clock.InstallAsync();
        var answered = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync(server.Url.AbsoluteUri);
        await (await answered).FinishedAsync();

        for (var second = 0; second < 10; second++)
        {
            await page.Clock.RunForAsync(1_000);
        }

        Assert.Single(requests);
        await WaitForRequestsAsync(2, () => page.Clock.RunForAsync(30_000));
    }

    [Fact]
    public async Task A_link_can_ask_but_only_the_reader_leaves_the_browser_out_and_takes_it_back()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await OpenAsync(server, "#not-me");
        var leaveOut = page.GetByRole(AriaRole.Button, new() { Name = "Don’t count this browser" });
        var countAgain = page.GetByRole(AriaRole.Button, new() { Name = "Count them again" });

        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");
        await Assertions.Expect(leaveOut).ToBeInViewportAsync();
        await Assertions.Expect(countAgain).ToBeHiddenAsync();
        Assert.Equal(0, await Remembered(page));
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(leaveOut).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(countAgain).ToBeFocusedAsync();
        await Assertions.Expect(leaveOut).ToBeHiddenAsync();

        await OpenAgainAsync(page, server, "#count-me");
        await Assertions.Expect(countAgain).ToBeInViewportAsync();
        await OpenAgainAsync(page, server, "#not-me");
        await Assertions.Expect(leaveOut).ToBeHiddenAsync();
        await countAgain.ClickAsync();
        await Assertions.Expect(countAgain).ToBeHiddenAsync();
        Assert.Equal(0, await Remembered(page));
        await OpenAgainAsync(page, server);

        const string Counted = """POST {"counter":"/","webdriver":false}""";
        Assert.Equal([Counted, "GET ?counter=%2F", "GET ?counter=%2F", Counted], requests);
    }

    [Fact]
    public async Task An_address_that_changes_while_the_page_is_open_only_asks_too()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await OpenAsync(server);
        var leaveOut = page.GetByRole(AriaRole.Button, new() { Name = "Don’t count this browser" });
        await Assertions.Expect(leaveOut).ToBeHiddenAsync();

        await page.EvaluateAsync("location.hash = '#not-me'");

        await Assertions.Expect(leaveOut).ToBeVisibleAsync();
        Assert.Equal(0, await Remembered(page));
    }

    [Fact]
    public async Task Where_nothing_can_be_remembered_nothing_is_asked()
    {
        await using var server = await StartAsync(StatusCodes.Status200OK);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.AddInitScriptAsync(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })");
        await page.GotoAsync(server.Url.AbsoluteUri + "#not-me");

        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");
        await Assertions.Expect(page.Locator("[data-not-me]")).ToBeHiddenAsync();
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

    private static Task<int> Remembered(IPage page) =>
        page.EvaluateAsync<int>("localStorage.length + sessionStorage.length");

    private static async Task OpenAgainAsync(IPage page, SiteServer server, string fragment = "")
    {
        await page.GotoAsync("about:blank");
        await page.GotoAsync(server.Url.AbsoluteUri + fragment);
        await Assertions.Expect(Visits(page)).ToContainTextAsync("1,235");
    }

    private async Task<SiteServer> StartAsync(
        int status, long? knownVisits = 1000, Task? answerWhen = null, string? retryAfter = null) => await SiteServer.StartAsync(
        await ExampleSite.BuildAsync(new() { KnownVisits = knownVisits }),
        async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var detail = await reader.ReadToEndAsync() + context.Request.QueryString;
            requests.Enqueue($"{context.Request.Method} {detail}");
            await (answerWhen ?? Task.CompletedTask);
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
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
