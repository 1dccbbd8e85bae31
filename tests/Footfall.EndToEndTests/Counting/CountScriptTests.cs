using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Footfall.Api;
using Footfall.EndToEndTests.Browser;
using Footfall.EndToEndTests.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Counting;

/// <summary>What count.js asks of the API and makes of its answers; what the API counts is tested elsewhere.</summary>
public sealed class CountScriptTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private readonly ConcurrentQueue<string> requests = new();

    [Fact]
    public async Task It_says_who_led_there_and_needs_no_question_first()
    {
        await using var site = await StartAsync(StatusCodes.Status200OK);
        var page = await NewPageAsync();
        await page.RouteAsync("http://www.linkedin.com/feed/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"""<a href="{site.Url}blog/hello?a=b&to=k7f3q2xm">on</a>""",
            Headers = [new("Referrer-Policy", "unsafe-url")],
        }));
        await page.GotoAsync("http://www.linkedin.com/feed/");
        await page.ClickAsync("a");
        await Assertions.Expect(Number(page)).ToHaveTextAsync("1,235");
        await page.EvaluateAsync("history.pushState({}, '', '/blog/next')");
        await WaitForRequestsAsync(2);

        Assert.Equal(
            [
                """POST text/plain;charset=UTF-8 {"counter":"/blog/hello","webdriver":false,"referrer":"www.linkedin.com","link":"k7f3q2xm"}""",
                """POST text/plain;charset=UTF-8 {"counter":"/blog/next","webdriver":false}""",
            ],
            requests);
    }

    [Theory]
    [InlineData("?to=Berlin")]
    [InlineData("?to=k7f3q2xmm")]
    [InlineData("?into=k7f3q2xm")]
    [InlineData("?to=")]
    public async Task What_is_no_key_of_a_link_is_the_pages_own_affair(string query)
    {
        await using var site = await StartAsync(StatusCodes.Status200OK);
        var page = await NewPageAsync();
        await page.GotoAsync($"{site.Url}blog/hello{query}");
        await WaitForRequestsAsync(1);

        Assert.Equal(["""POST text/plain;charset=UTF-8 {"counter":"/blog/hello","webdriver":false}"""], requests);
    }

    [Fact]
    public async Task What_a_sentence_has_behind_an_address_is_not_of_its_key()
    {
        await using var site = await StartAsync(StatusCodes.Status200OK);
        var page = await NewPageAsync();
        await page.GotoAsync($"{site.Url}blog/hello?to=k7f3q2xm).");
        await WaitForRequestsAsync(1);

        Assert.EndsWith("\"link\":\"k7f3q2xm\"}", Assert.Single(requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(3000)]
    public async Task A_long_path_has_a_key_of_its_own_of_at_most_100_characters(int length)
    {
        await using var site = await StartAsync(StatusCodes.Status200OK);
        var page = await NewPageAsync();
        string[] paths = [$"/{new string('a', length - 2)}1", $"/{new string('a', length - 2)}2"];
        foreach (var path in paths)
        {
            await page.GotoAsync(new Uri(site.Url, path).AbsoluteUri);
            await Assertions.Expect(Number(page)).ToHaveTextAsync("1,235");
        }

        // The number is of the whole path, so that two that begin alike are two counters; it is written into stores.
        var keys = paths.Select(path => length <= 100 ? path
            : string.Create(CultureInfo.InvariantCulture, $"{path[..89]}~{path.Aggregate(0L, (sum, letter) => ((sum * 31) + letter) % 4_000_000_000)}")).ToList();
        Assert.All(keys, CounterKeys.Validate);
        Assert.Equal(keys.Select(key => $$"""POST text/plain;charset=UTF-8 {"counter":"{{key}}","webdriver":false}"""), requests);
    }

    [Theory]
    [InlineData("en", "1,235")]
    [InlineData("de-AT", "1\u00A0235")]
    [InlineData("de", "1.235")]
    [InlineData("zh-Hant-TW", "1,235")]
    [InlineData("en_US", "1,235")]
    [InlineData("!", "1,235")]
    [InlineData("", "1,235")]
    public async Task The_number_is_written_as_the_pages_language_does(string language, string expected)
    {
        await using var site = await StartAsync(StatusCodes.Status200OK, language: language);
        var page = await NewPageAsync();
        await page.GotoAsync(site.Url.AbsoluteUri);

        await Assertions.Expect(Number(page)).ToHaveTextAsync(expected);
    }

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests, 2)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 2)]
    [InlineData(StatusCodes.Status403Forbidden, 1)]
    [InlineData(StatusCodes.Status404NotFound, 1)]
    public async Task What_may_go_away_is_asked_once_more_when_the_server_says(int status, int expected)
    {
        await using var site = await StartAsync(status, retryAfter: "50");
        var page = await NewPageAsync();
        await page.Clock.InstallAsync();
        var answer = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync(site.Url.AbsoluteUri);
        await (await answer).FinishedAsync();
        await page.Clock.RunForAsync(45_000);
        Assert.Single(requests);

        await WaitForRequestsAsync(expected, () => page.Clock.RunForAsync(1_000));
        for (var second = 0; second < 120; second++)
        {
            await page.Clock.RunForAsync(1_000);
        }

        Assert.Equal(expected, requests.Count);
        await Assertions.Expect(Number(page)).ToHaveTextAsync("many");
    }

    [Theory]
    [InlineData("""{"counter":"/","outcome":"visit"}""")]
    [InlineData("null")]
    [InlineData("not JSON")]
    public async Task An_answer_without_a_number_leaves_the_page_as_it_is(string answer)
    {
        var complaints = new ConcurrentQueue<string>();
        await using var site = await StartAsync(StatusCodes.Status200OK, answer: answer);
        var page = await NewPageAsync();
        page.PageError += (_, error) => complaints.Enqueue(error);
        await page.GotoAsync(site.Url.AbsoluteUri);
        await WaitForRequestsAsync(1);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await Assertions.Expect(Number(page)).ToHaveTextAsync("many");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task An_answer_that_comes_when_another_page_is_there_is_not_shown()
    {
        var leave = new TaskCompletionSource();
        await using var site = await PageServer.StartAsync(async context =>
        {
            if (await IsFileAsync(context, "en"))
            {
                return;
            }

            var body = await ReadAsync(context);
            requests.Enqueue(body);
            var isFirst = body.Contains("/one", StringComparison.Ordinal);
            // Its head comes at once, its body when the test says.
            await context.Response.Body.FlushAsync();
            await (isFirst ? leave.Task : Task.CompletedTask);
            await context.Response.WriteAsync(isFirst ? """{"visits":1}""" : """{"visits":2}""");
        });
        var page = await NewPageAsync();
        var late = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync($"{site.Url}one");
        await late;
        await page.EvaluateAsync("history.pushState({}, '', '/two')");
        await Assertions.Expect(Number(page)).ToHaveTextAsync("2");

        leave.SetResult();
        await (await late).FinishedAsync();
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");

        await Assertions.Expect(Number(page)).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task What_was_to_be_asked_again_is_not_when_another_page_is_there()
    {
        await using var site = await PageServer.StartAsync(async context =>
        {
            if (await IsFileAsync(context, "en"))
            {
                return;
            }

            var body = await ReadAsync(context);
            requests.Enqueue(body);
            context.Response.StatusCode = body.Contains("/one", StringComparison.Ordinal) ? 503 : 200;
            await context.Response.WriteAsJsonAsync(new { visits = 2 });
        });
        var page = await NewPageAsync();
        await page.Clock.InstallAsync();
        var answer = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync($"{site.Url}one");
        await (await answer).FinishedAsync();
        await page.EvaluateAsync("history.pushState({}, '', '/two')");
        await Assertions.Expect(Number(page)).ToHaveTextAsync("2");

        await page.Clock.RunForAsync(60_000);
        await page.EvaluateAsync("fetch('/count.js')");

        Assert.Equal(2, requests.Count);
    }

    private static ILocator Number(IPage page) => page.Locator("[data-footfall]");

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }

    /// <summary>A page at every path, and the script that it loads.</summary>
    private static async Task<bool> IsFileAsync(HttpContext context, string language)
    {
        if (context.Request.Path == "/api/visits")
        {
            return false;
        }

        var isScript = context.Request.Path == "/count.js";
        context.Response.ContentType = isScript ? "text/javascript" : "text/html; charset=utf-8";
        await context.Response.Body.WriteAsync(isScript
            ? (await ExampleSite.BuildAsync()).Single(file => file.Path == "count.js").Content
            : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
                <!doctype html><html lang="{language}"><title>Blog</title>
                <script src="/count.js" defer></script><p><span data-footfall>many</span> visits</p>
                """)));
        return true;
    }

    private Task<PageServer> StartAsync(
        int status, string language = "en", string? retryAfter = null, string answer = """{"visits":1235}""") =>
        PageServer.StartAsync(async context =>
        {
            if (await IsFileAsync(context, language))
            {
                return;
            }

            requests.Enqueue($"{context.Request.Method} {context.Request.ContentType} {await ReadAsync(context)}");
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            await context.Response.WriteAsync(answer);
        });

    private async Task<IPage> NewPageAsync() => await (await chromium.NewBrowserAsync(new() { Locale = "en-GB" })).NewPageAsync();

    private async Task WaitForRequestsAsync(int count, Func<Task>? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (requests.Count < count)
        {
            Assert.False(patience.IsCancellationRequested, $"Expected {count} requests, there are {requests.Count}.");
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
