using System.Globalization;
using System.Text;
using Footfall.Counting;
using Footfall.EndToEndTests.Browser;
using Footfall.EndToEndTests.Page;
using Footfall.Server;
using Footfall.Site;
using Footfall.Sqlite;
using Footfall.Tests.Api;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Counting;

/// <summary>A browser, the page, the server and the database: what a person does, and what it comes to.</summary>
public sealed class CountedVisitsTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>, IAsyncLifetime
{
    private const string PhoneUserAgent =
        "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";

    private const string CountOnThePage = "document.querySelector('[data-counter]').children[0].textContent";

    private readonly TemporaryDirectory folder = new();
    private readonly List<IPage> pages = [];
    private SqliteVisitStore store = null!;
    private KestrelHost host = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        store = SqliteVisitStore.Open(folder.File("footfall.db"), TimeProvider.System);
        host = await ServeAsync(store);
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await KeepScreenshotsAsync();
        }

        await host.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_new_visitor_raises_the_number_by_one_and_a_refresh_does_not()
    {
        var page = await OpenAsync();
        await ExpectVisitsAsync(page, 1);

        await page.ReloadAsync();
        await ExpectTallyAsync(new Tally(Visits: 1, Repeats: 1, Visitors: 1));
        await ExpectVisitsAsync(page, 1);
    }

    [Fact]
    public async Task A_second_tab_of_the_same_browser_is_no_second_visit()
    {
        var page = await OpenAsync();
        await ExpectVisitsAsync(page, 1);

        await ExpectVisitsAsync(await OpenAsync(page.Context), 1);
        await ExpectTallyAsync(new Tally(Visits: 1, Repeats: 1, Visitors: 1));
    }

    [Fact]
    public async Task Two_browsers_are_two_visits()
    {
        await ExpectVisitsAsync(await OpenAsync(), 1);
        await ExpectVisitsAsync(await OpenAsync(await chromium.NewBrowserAsync(new() { UserAgent = PhoneUserAgent })), 2);

        await ExpectTallyAsync(new Tally(Visits: 2, Visitors: 2));
    }

    [Fact]
    public async Task The_way_back_is_no_second_visit()
    {
        var page = await OpenAsync();
        await ExpectVisitsAsync(page, 1);

        await page.GotoAsync(new Uri(host.Url, "resume.json").AbsoluteUri);
        await page.GoBackAsync();
        await ExpectVisitsAsync(page, 1);

        Assert.Equal(1, (await store.ReadTotalAsync("/", Cancellation)).Visits);
    }

    [Fact]
    public async Task A_page_out_of_the_browsers_memory_asks_again()
    {
        host.Site = new StaticSite(
            [.. await ExampleSite.BuildAsync(), new SiteFile("elsewhere", "text/html", "no-cache", "<!doctype html><title>Elsewhere</title>"u8.ToArray())],
            SecurityHeaders.For());
        await using var browser = await UndrivenChromium.StartAsync();
        var tab = await browser.OpenTabAsync(host.Url);
        await browser.WaitForAsync(tab, CountOnThePage, "1 visit");
        await browser.EvaluateAsync(tab, "document.documentElement.dataset.kept = 'in memory'");
        await browser.EvaluateAsync(tab, $"location.href = '{new Uri(host.Url, "elsewhere")}'");
        await browser.WaitForTitleAsync(tab, "Elsewhere");

        await browser.EvaluateAsync(tab, "history.back()");

        await browser.WaitForAsync(tab, "document.documentElement.dataset.kept", "in memory");
        await ExpectTallyAsync(new Tally(Visits: 1, Repeats: 1, Visitors: 1));
    }

    [Fact]
    public async Task The_owner_is_not_counted_once_this_browser_is_left_out()
    {
        var page = await OpenAsync(path: "/#not-me");
        await ExpectVisitsAsync(page, 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Don’t count this browser" }).ClickAsync();

        var again = await OpenAsync(page.Context);
        await ExpectVisitsAsync(again, 1);

        Assert.Equal(new Tally(Visits: 1, Visitors: 1), await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_tab_in_the_background_is_counted_when_it_is_shown()
    {
        await using var browser = await UndrivenChromium.StartAsync();
        var background = await browser.OpenTabAsync();
        await browser.OpenTabAsync();
        await browser.EvaluateAsync(background, $"location.href = '{host.Url}'");
        await browser.WaitForAsync(background, "document.readyState + ' ' + document.visibilityState", "complete hidden");
        await LeaveTimeToCountAsync();
        Assert.Equal(default, await store.ReadTotalAsync("/", Cancellation));

        await browser.ShowAsync(background);

        await browser.WaitForAsync(background, CountOnThePage, "1 visit");
        await ExpectTallyAsync(new Tally(Visits: 1, Visitors: 1));
    }

    [Fact]
    public async Task A_page_that_is_prerendered_is_counted_when_it_is_opened()
    {
        const string Elsewhere = """
            <!doctype html><title>Elsewhere</title><a href="/">on</a>
            <script>onstorage = ({ newValue }) => document.title = newValue</script>
            <script type="speculationrules">{ "prerender": [{ "urls": ["/"], "eagerness": "immediate" }] }</script>
            """;

        const string SayLoaded = "<script>onload = () => localStorage.state = document.prerendering ? 'prerendered' : 'open'</script>";

        // Without the headers, as the page's own policy allows no inline script.
        var files = await ExampleSite.BuildAsync();
        host.Site = new StaticSite(
        [
            .. files.Select(file => file.Path == "index.html" ? Append(file, SayLoaded) : file),
            new SiteFile("elsewhere", "text/html", "no-cache", Encoding.UTF8.GetBytes(Elsewhere)),
        ],
        []);
        await using var browser = await UndrivenChromium.StartAsync();
        var tab = await browser.OpenTabAsync(new Uri(host.Url, "elsewhere"));
        await browser.WaitForTitleAsync(tab, "prerendered");
        await LeaveTimeToCountAsync();
        Assert.Equal(default, await store.ReadTotalAsync("/", Cancellation));

        await browser.EvaluateAsync(tab, "document.querySelector('a').click()");

        await browser.WaitForAsync(tab, $"document.querySelector('[data-counter]') && {CountOnThePage}", "1 visit");
        Assert.Equal(
            "true", await browser.EvaluateAsync(tab, "performance.getEntriesByType('navigation')[0].activationStart > 0"));
        await ExpectTallyAsync(new Tally(Visits: 1, Visitors: 1));
    }

    [Fact]
    public async Task A_browser_that_a_program_drives_is_a_bot()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var driven = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFixture.Executable,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var context = await driven.NewContextAsync(new() { UserAgent = ChromiumFixture.DesktopUserAgent });

        await ExpectVisitsAsync(await OpenAsync(context), 0);
        await ExpectTallyAsync(new Tally(Bots: 1));
    }

    [Fact]
    public async Task A_browser_with_privacy_control_is_left_alone()
    {
        var context = await chromium.NewBrowserAsync(new() { ExtraHTTPHeaders = [new("Sec-GPC", "1")] });

        await ExpectVisitsAsync(await OpenAsync(context), 0);
        await ExpectTallyAsync(new Tally(OptedOuts: 1));
    }

    [Fact]
    public async Task With_the_store_down_the_page_is_whole()
    {
        await using var broken = await ServeAsync(new UnavailableStore());
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        pages.Add(page);
        var answer = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync(broken.Url.AbsoluteUri);

        Assert.Equal(503, (await answer).Status);
        await Assertions.Expect(page.Locator("main > section")).ToHaveCountAsync(12);
        await Assertions.Expect(Counter(page)).ToHaveTextAsync("");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ILocator Counter(IPage page) => page.Locator("[data-counter]");

    private static async Task<KestrelHost> ServeAsync(IVisitStore store) =>
        await KestrelHost.StartAsync(new HostSettings(), store, files: await ExampleSite.BuildAsync(new()));

    // That a request is not sent, only waiting can show.
    private static Task LeaveTimeToCountAsync() => Task.Delay(TimeSpan.FromSeconds(2), Cancellation);

    private static SiteFile Append(SiteFile file, string text) =>
        file with { Content = (byte[])[.. file.Content.Span, .. Encoding.UTF8.GetBytes(text)] };

    private async Task<IPage> OpenAsync(IBrowserContext? context = null, string path = "/")
    {
        var page = await (context ?? await chromium.NewBrowserAsync()).NewPageAsync();
        pages.Add(page);
        await page.GotoAsync(new Uri(host.Url, path).AbsoluteUri);
        return page;
    }

    private static Task ExpectVisitsAsync(IPage page, int visits) => Assertions.Expect(Counter(page))
        .ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{visits} visit{(visits == 1 ? "" : "s")}"));

    // An answer that the browser is still waiting for is counted already; one that it has yet to send is not.
    private async Task ExpectTallyAsync(Tally expected)
    {
        while (await store.ReadTotalAsync("/", Cancellation) is var tally && tally != expected)
        {
            Assert.True(tally.Requests < expected.Requests, $"Expected {expected}, found {tally}");
            await Task.Delay(50, Cancellation);
        }
    }

    private async Task KeepScreenshotsAsync()
    {
        var kept = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "screenshots");
        for (var i = 0; i < pages.Count; i++)
        {
            var name = $"{TestContext.Current.TestMethod?.MethodName}-{i.ToString(CultureInfo.InvariantCulture)}.png";
            await pages[i].ScreenshotAsync(new() { Path = Path.Combine(kept, name), FullPage = true });
        }
    }
}
