using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Footfall.Api;
using Footfall.EndToEndTests.Browser;
using Footfall.Reporting;
using Footfall.Server;
using Footfall.Tests.Api;
using Footfall.Tests.Hosts;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Page;

/// <summary>The owner's page on the real server: what was counted there is what it shows, to who has the key.</summary>
public sealed class NumbersPageTests(ChromiumFixture chromium, NumbersPageTests.Counted counted)
    : IClassFixture<ChromiumFixture>, IClassFixture<NumbersPageTests.Counted>
{
    private const string Key = "Qm9va3MgYW5kIGEgcXVpZXQgcGxhY2UgdG8gcmVhZDo";

    [Fact]
    public async Task The_key_opens_it_leaves_the_address_and_is_kept_for_the_tab()
    {
        var page = await OpenAsync($"stats/#key={Key}");

        await Assertions.Expect(page.Locator("#sum")).ToHaveTextAsync("2 visits by 2 visitors in 30 days; 2 visits in all.");
        Assert.Equal(new Uri(counted.Url, "stats/").AbsoluteUri, page.Url);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("2 visits");
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        Assert.DoesNotContain(counted.Addresses(page), address => address.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_shows_links_sources_and_what_was_not_counted_and_that_it_adds_up()
    {
        var page = await OpenAsync($"stats/#key={Key}");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).ToString("O");

        await Assertions.Expect(page.Locator("#links tbody tr")).ToHaveTextAsync(
            [$"Acme, <b>platform</b> lead1{today}{today}1", "Nobody yet0not yet0"], new() { UseInnerText = false });
        await Assertions.Expect(page.Locator("#sources tbody th")).ToHaveTextAsync(["link", "linkedin"]);
        await Assertions.Expect(page.Locator("#rest tbody tr").Filter(new() { HasText = "bot" }).Locator("td").First).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("#proof")).ToHaveTextAsync(
            "2 counted and 2 not counted: 4 requests were answered. The sources add up to the visits.");

        await page.Locator("#span").SelectOptionAsync(new SelectOptionValue { Label = "all" });
        await Assertions.Expect(page.Locator("#proof")).ToContainTextAsync("The sources add up to the visits, and the days to all time.");

        await page.Locator("#counter").SelectOptionAsync(new SelectOptionValue { Label = "link: Acme, <b>platform</b> lead" });
        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("1 visit by 1 visitor");
    }

    [Fact]
    public async Task The_chart_is_read_by_keyboard_and_as_a_table()
    {
        var page = await OpenAsync($"stats/#key={Key}");
        await Assertions.Expect(page.Locator("#day")).ToContainTextAsync(": 2 visits, 2 visitors");
        var lastDay = await page.Locator("#day").TextContentAsync();

        await page.Locator("#chart svg").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator("#day")).ToContainTextAsync(": 0 visits, 0 visitors");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#day")).ToHaveTextAsync(lastDay!);

        await page.Locator("summary").ClickAsync();
        await Assertions.Expect(page.Locator("#days tbody tr")).ToHaveCountAsync(30);
        await Assertions.Expect(page.Locator("#days tbody tr").First).ToContainTextAsync("222");
    }

    [Fact]
    public async Task Without_the_key_it_asks_for_it_and_shows_nothing()
    {
        var page = await OpenAsync("stats/#key=wrong");

        await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("This is the owner's");
        await Assertions.Expect(page.Locator("#numbers")).ToBeHiddenAsync();

        await page.Locator("#key").FillAsync($" {Key} ");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("2 visits");
        await Assertions.Expect(page.Locator("#unlock")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#trouble")).ToBeEmptyAsync();
    }

    [Theory]
    [InlineData(429, """{"detail":"This address has sent too many requests; try again later."}""", "This address has sent too many requests; try again later.")]
    [InlineData(503, """{"detail":"The count cannot be kept at the moment."}""", "The count cannot be kept at the moment.")]
    [InlineData(502, "<html>Bad Gateway</html>", "The counter does not answer. Reload the page in a moment.")]
    [InlineData(0, "", "The counter does not answer. Reload the page in a moment.")]
    public async Task What_goes_wrong_is_said_in_words_and_the_key_is_still_there_when_it_is_over(int status, string body, string words)
    {
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.RouteAsync("**/api/owner/report?*", route => status == 0
            ? route.AbortAsync()
            : route.FulfillAsync(new() { Status = status, ContentType = "application/problem+json", Body = body }));
        await page.GotoAsync(new Uri(counted.Url, $"stats/#key={Key}").AbsoluteUri);
        await Assertions.Expect(page.Locator("#trouble")).ToHaveTextAsync(words);
        await Assertions.Expect(page.Locator("#numbers")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#unlock")).ToBeHiddenAsync();

        await page.UnrouteAllAsync();
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("2 visits");
        await Assertions.Expect(page.Locator("#trouble")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_shows_the_numbers_all_the_same()
    {
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.AddInitScriptAsync("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })");

        await page.GotoAsync(new Uri(counted.Url, "stats/").AbsoluteUri);
        await page.Locator("#key").FillAsync("a key \u2026 that is none");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("This is the owner's");
        await page.Locator("#key").FillAsync(Key);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("2 visits");
    }

    [Fact]
    public async Task Of_two_choices_the_last_is_shown_whichever_answer_comes_first()
    {
        var page = await OpenAsync($"stats/#key={Key}");
        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("in 30 days");
        var leave = new TaskCompletionSource();
        await page.RouteAsync("**/api/owner/report?*days=7", async route =>
        {
            await leave.Task;
            await route.ContinueAsync();
        });

        var late = page.WaitForResponseAsync("**/api/owner/report?*days=7");
        await page.Locator("#span").SelectOptionAsync(new SelectOptionValue { Label = "7" });
        await page.Locator("#span").SelectOptionAsync(new SelectOptionValue { Label = "90" });
        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("in 90 days");
        leave.SetResult();
        await (await late).FinishedAsync();
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");

        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync("in 90 days");
    }

    [Fact]
    public async Task Ten_years_and_a_thousand_links_of_any_name_fit_on_a_telephone()
    {
        var first = new DateOnly(2016, 11, 28);
        var days = Enumerable.Range(0, 3_653).Select(day => new
        {
            day = first.AddDays(day).ToString("O"),
            visits = 3_000_000_000L + day,
            visitors = 2_999_999_999L,
            notCounted = new { bot = 40_000_000_000L },
            sources = new { direct = 3_000_000_000L + day },
        }).ToList();
        string[] names = [new('W', 200), "<img src=x onerror=alert(1)>", "\u05E9\u05DC\u05D5\u05DD, \u05E2\u05D5\u05DC\u05DD (1)", "\u202Egnp.exe", "a b"];
        var links = Enumerable.Range(0, 1_000).Select(link => new
        {
            key = "k7f3q2xm",
            name = names[link % names.Length],
            visits = 3_000_000_000L,
            notCounted = new { bot = 1 },
            first = "2016-11-28",
            last = "2026-11-27",
        }).ToList();
        var total = days.Sum(day => day.visits);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.SetViewportSizeAsync(320, 800);
        await page.RouteAsync("**/api/owner/report?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new { counter = "/", counters = new[] { "/", $"/blog/{new string('x', 94)}" }, from = days[0].day, to = days[^1].day, days, total = new { visits = total }, links }),
        }));
        await page.GotoAsync(new Uri(counted.Url, $"stats/#key={Key}").AbsoluteUri);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");

        await Assertions.Expect(page.Locator("#sum")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{total:N0} visits by "));
        await Assertions.Expect(page.Locator("#proof")).ToContainTextAsync("The sources add up to the visits");
        await Assertions.Expect(page.Locator("#days tbody tr")).ToHaveCountAsync(days.Count);
        await Assertions.Expect(page.Locator("#links tbody th")).ToHaveTextAsync(links.Select(link => link.name).ToList());
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await page.Locator("#links img").CountAsync());
    }

    [Fact]
    public async Task Axe_finds_no_violation()
    {
        foreach (var address in new[] { "stats/", $"stats/?open#key={Key}" })
        {
            var page = await OpenAsync(address);
            await Assertions.Expect(page.Locator(address.Contains(Key, StringComparison.Ordinal) ? "#numbers" : "#unlock")).ToBeVisibleAsync();
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            foreach (var (scheme, forced, width) in new[]
            {
                (ColorScheme.Light, ForcedColors.None, 1280),
                (ColorScheme.Dark, ForcedColors.None, 1280),
                (ColorScheme.Light, ForcedColors.Active, 1280),
                (ColorScheme.Light, ForcedColors.None, 320),
            })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ForcedColors = forced });
                await page.SetViewportSizeAsync(width, 900);

                var result = await page.RunAxe(new AxeRunOptions
                {
                    RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
                });

                Assert.Empty(result.Violations.Select(violation => $"{width} px, {scheme}: {violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"));
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }
        }
    }

    [Fact]
    public async Task Lighthouse_finds_only_that_it_keeps_out_of_search_engines()
    {
        var output = await LighthouseTests.MeasureAsync(new Uri(counted.Url, $"stats/#key={Key}").AbsoluteUri);

        var result = Assert.Single(output);
        Assert.Equal("[100,100,100]", $"[{string.Join(',', result.GetProperty("scores").EnumerateArray().Take(3))}]");
        Assert.Equal(0, result.GetProperty("layoutShift").GetDouble());
        Assert.Equal(["is-crawlable"], result.GetProperty("lost").EnumerateArray().Select(lost => lost.GetString()!.Split(':')[0]));
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        counted.Watch(page);
        await page.GotoAsync(new Uri(counted.Url, address).AbsoluteUri);
        return page;
    }

    /// <summary>A server on which two people, one of them by a link, a repeat and a mail scanner have been.</summary>
    public sealed class Counted : IAsyncLifetime
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(IPage Page, string Address)> addresses = new();
        private KestrelHost? host;

        public Uri Url => host!.Url;

        /// <summary>Notes what a page asks for.</summary>
        public void Watch(IPage page) => page.Request += (_, request) => addresses.Enqueue((page, request.Url));

        public IEnumerable<string> Addresses(IPage page) =>
            addresses.Where(request => request.Page == page).Select(request => request.Address);

        public async ValueTask InitializeAsync()
        {
            var store = new MemoryVisitStore();
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var acme = new Link("k7f3q2xm", "Acme, <b>platform</b> lead", today);
            await store.AddLinkAsync(acme, TestContext.Current.CancellationToken);
            await store.AddLinkAsync(new Link("zzzzzzzz", "Nobody yet", today), TestContext.Current.CancellationToken);
            host = await KestrelHost.StartAsync(
                new HostSettings { OwnerKey = new OwnerKey(OwnerKey.DigestOf(Key)), RequestsPerMinute = null },
                store,
                files: await ExampleSite.BuildAsync());
            await VisitAsync(Browsers.Firefox, new { counter = "/", link = acme.Key });
            await VisitAsync(Browsers.Chrome, new { counter = "/", referrer = "www.linkedin.com" });
            await VisitAsync(Browsers.Chrome, new { counter = "/" });
            await VisitAsync("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", new { counter = "/", link = acme.Key });
        }

        public ValueTask DisposeAsync() => host!.DisposeAsync();

        private async Task VisitAsync(string userAgent, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/visits") { Content = JsonContent.Create(body) };
            _ = request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
            using var response = await host!.Client.SendAsync(request, TestContext.Current.CancellationToken);
            _ = response.EnsureSuccessStatusCode();
        }
    }
}
