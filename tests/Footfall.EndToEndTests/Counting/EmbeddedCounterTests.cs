using System.Collections.Concurrent;
using Footfall.Counting;
using Footfall.EndToEndTests.Browser;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Counting;

/// <summary>Pages of another site that count.js counts, in a real browser: what a person does, and what it comes to.</summary>
public sealed class EmbeddedCounterTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string Number = """<p><span data-footfall>many</span> visits</p>""";
    private const string Named = $"""<script src="COUNTER/count.js" data-counter="/blog/hello" defer></script>{Number}""";
    private const string ByPath = $"""<script src="COUNTER/count.js" defer></script>{Number}""";
    private const string NumberOnThePage = "document.querySelector('[data-footfall]')?.textContent";

    private static readonly Tally Visit = new(Visits: 1, Visitors: 1);
    private static readonly Tally VisitAndRepeat = Visit with { Repeats = 1 };

    [Theory]
    [InlineData("defer")]
    [InlineData("async")]
    [InlineData("")]
    public async Task It_is_counted_and_shows_its_number_however_the_script_is_loaded(string how)
    {
        await using var blog = await EmbeddedPages.StartAsync(
            $"""<script src="COUNTER/count.js" data-counter="/blog/hello" {how}></script>{Number}""");
        var page = await OpenAsync(blog, "/any/page?of=it");

        await ExpectNumberAsync(page, "1");
        await page.ReloadAsync();
        await blog.ExpectAsync("/blog/hello", VisitAndRepeat);
        await ExpectNumberAsync(page, "1");
    }

    [Fact]
    public async Task A_strict_policy_needs_the_counters_address_and_no_more()
    {
        await using var blog = await EmbeddedPages.StartAsync(
            Named, "default-src 'none'; script-src COUNTER; connect-src COUNTER; require-trusted-types-for 'script'");
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) => complaints.Enqueue(message.Text);
        page.PageError += (_, error) => complaints.Enqueue(error);
        await page.GotoAsync(blog.Page("/").AbsoluteUri);

        await ExpectNumberAsync(page, "1");
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("favicon", StringComparison.Ordinal));
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
    }

    [Fact]
    public async Task A_page_that_keeps_other_sites_out_takes_it()
    {
        await using var blog = await EmbeddedPages.StartAsync(Named, isIsolated: true);

        var page = await OpenAsync(blog, "/");

        await ExpectNumberAsync(page, "1");
        Assert.True(await page.EvaluateAsync<bool>("crossOriginIsolated"));
    }

    [Fact]
    public async Task An_origin_that_is_not_allowed_counts_nothing_and_its_page_stays_as_it_is()
    {
        await using var blog = await EmbeddedPages.StartAsync(Named, isAllowed: false);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        var refused = new TaskCompletionSource();
        page.RequestFailed += (_, request) => _ = request.Method == "POST" && refused.TrySetResult();
        await page.GotoAsync(blog.Page("/").AbsoluteUri);
        await refused.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await ExpectNumberAsync(page, "many");
        Assert.Equal(default, await blog.ReadAsync("/blog/hello"));
    }

    [Fact]
    public async Task Below_a_base_path_it_finds_its_API()
    {
        await using var blog = await EmbeddedPages.StartAsync(Named, basePath: "/cv");

        await ExpectNumberAsync(await OpenAsync(blog, "/"), "1");
    }

    [Theory]
    [InlineData("/blog/hello", "/blog/hello")]
    [InlineData("/blog/", "/blog/")]
    [InlineData("/blog/hello/?utm_source=x#top", "/blog/hello/")]
    [InlineData("/blog/über", "/blog/~C3~BCber")]
    [InlineData("/blog/(it's)@100%25", "/blog/~it~s~~100~25")]
    public async Task Without_a_counter_of_its_own_the_path_is_its_key(string path, string key)
    {
        await using var blog = await EmbeddedPages.StartAsync(ByPath);

        await ExpectNumberAsync(await OpenAsync(blog, path), "1");
        Assert.Equal(Visit, await blog.ReadAsync(key));
    }

    [Fact]
    public async Task A_page_that_is_no_counter_stays_as_it_is()
    {
        await using var blog = await EmbeddedPages.StartAsync(ByPath);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        var answer = page.WaitForResponseAsync("**/api/visits");
        await page.GotoAsync(blog.Page("/elsewhere").AbsoluteUri);

        Assert.Equal(404, (await answer).Status);
        await ExpectNumberAsync(page, "many");
    }

    [Fact]
    public async Task Each_path_of_a_single_page_application_is_a_page()
    {
        await using var blog = await EmbeddedPages.StartAsync(ByPath);
        var page = await OpenAsync(blog, "/blog/one");
        await ExpectNumberAsync(page, "1");

        await page.EvaluateAsync("history.pushState({}, '', '/blog/two')");
        await blog.ExpectAsync("/blog/two", Visit);
        await page.EvaluateAsync("history.replaceState({}, '', '/blog/three')");
        await blog.ExpectAsync("/blog/three", Visit);
        await ExpectNumberAsync(page, "1");
        await page.EvaluateAsync("history.pushState({}, '', '?page=2'); history.replaceState({ scroll: 9 }, ''); location.hash = 'end'");
        await page.GoBackAsync();
        await page.GoBackAsync();
        await page.GoBackAsync();
        await blog.ExpectAsync("/blog/one", VisitAndRepeat);
        await ExpectNumberAsync(page, "1");

        Assert.Equal(Visit, await blog.ReadAsync("/blog/two"));
        Assert.Equal(Visit, await blog.ReadAsync("/blog/three"));
    }

    [Fact]
    public async Task A_place_that_comes_later_is_filled_and_the_number_of_the_page_before_is_not_left_there()
    {
        await using var blog = await EmbeddedPages.StartAsync(ByPath);
        var page = await OpenAsync(blog, "/blog/one");
        await ExpectNumberAsync(page, "1");

        await page.EvaluateAsync("document.body.innerHTML = '<b data-footfall></b>'");
        await ExpectNumberAsync(page, "1");
        await page.EvaluateAsync("history.pushState({}, '', '/no/counter')");
        await ExpectNumberAsync(page, "");
    }

    [Fact]
    public async Task Who_left_this_browser_out_sees_the_number_and_is_not_counted()
    {
        await using var blog = await EmbeddedPages.StartAsync(Named);
        await ExpectNumberAsync(await OpenAsync(blog, "/"), "1");
        var owner = await chromium.NewBrowserAsync(new() { UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
        await owner.AddInitScriptAsync("localStorage.setItem('footfall-not-me', '1')");
        var page = await owner.NewPageAsync();
        await page.GotoAsync(blog.Page("/").AbsoluteUri);

        await ExpectNumberAsync(page, "1");
        Assert.Equal(Visit, await blog.ReadAsync("/blog/hello"));
    }

    [Fact]
    public async Task A_browser_that_a_program_drives_is_a_bot()
    {
        await using var blog = await EmbeddedPages.StartAsync(Named);
        await ExpectNumberAsync(await OpenAsync(blog, "/"), "1");
        var driven = await chromium.NewBrowserAsync();
        await driven.AddInitScriptAsync("Object.defineProperty(navigator, 'webdriver', { value: true })");
        var page = await driven.NewPageAsync();
        await page.GotoAsync(blog.Page("/").AbsoluteUri);

        await ExpectNumberAsync(page, "1");
        Assert.Equal(Visit with { Bots = 1 }, await blog.ReadAsync("/blog/hello"));
    }

    [Theory]
    [InlineData("post.js", "1", 1)]
    [InlineData("post-json.js", "1", 1)]
    [InlineData("request.js", "1", 1)]
    [InlineData("post-visits.js", "1", 1)]
    [InlineData("get-visits.js", "0", 0)]
    public async Task A_page_of_the_original_challenge_works_as_it_is(string script, string shown, int visits)
    {
        var code = await File.ReadAllTextAsync(
            Path.Combine(Prerequisite.RepositoryRoot, "tests", "Footfall.EndToEndTests", "Counting", "Challenge", script),
            TestContext.Current.CancellationToken);
        await using var resume = await EmbeddedPages.StartAsync(
            $"""<p>Visitors: <span id="visitors"></span></p><script>{code.Replace("API_ADDRESS", "COUNTER", StringComparison.Ordinal)}</script>""");
        var page = await OpenAsync(resume, "/");

        await Assertions.Expect(page.Locator("#visitors")).ToHaveTextAsync(shown);
        Assert.Equal(new Tally(Visits: visits, Visitors: visits), await resume.ReadAsync("/"));
    }

    [Fact]
    public async Task A_tab_in_the_background_is_counted_when_it_is_shown_and_one_out_of_the_browsers_memory_asks_again()
    {
        await using var blog = await EmbeddedPages.StartAsync(ByPath);
        await using var browser = await UndrivenChromium.StartAsync();
        var tab = await browser.OpenTabAsync();
        await browser.OpenTabAsync();
        await browser.EvaluateAsync(tab, $"location.href = '{blog.Page("/blog/hello")}'");
        await browser.WaitForAsync(tab, "document.readyState + ' ' + document.visibilityState", "complete hidden");
        await LeaveTimeToCountAsync();
        Assert.Equal(default, await blog.ReadAsync("/blog/hello"));

        await browser.ShowAsync(tab);
        await browser.WaitForAsync(tab, NumberOnThePage, "1");
        Assert.Equal(Visit, await blog.ReadAsync("/blog/hello"));

        await browser.EvaluateAsync(tab, "document.documentElement.dataset.kept = 'in memory'");
        await browser.EvaluateAsync(tab, $"location.href = '{blog.Page("/no/counter")}'");
        await browser.WaitForAsync(tab, "location.pathname", "/no/counter");
        await browser.EvaluateAsync(tab, "history.back()");
        await browser.WaitForAsync(tab, "document.documentElement.dataset.kept", "in memory");
        await blog.ExpectAsync("/blog/hello", VisitAndRepeat);
    }

    [Fact]
    public async Task A_page_that_is_prerendered_is_counted_when_it_is_opened()
    {
        await using var blog = await EmbeddedPages.StartAsync($$"""
            {{ByPath}}<a href="/blog/hello">on</a>
            <script>
              if (location.pathname === '/') onstorage = ({ newValue }) => document.title = newValue;
              else onload = () => localStorage.state = document.prerendering ? 'prerendered' : 'open';
            </script>
            <script type="speculationrules">{ "prerender": [{ "urls": ["/blog/hello"], "eagerness": "immediate" }] }</script>
            """);
        await using var browser = await UndrivenChromium.StartAsync();
        var tab = await browser.OpenTabAsync(blog.Page("/"));
        await browser.WaitForTitleAsync(tab, "prerendered");
        await LeaveTimeToCountAsync();
        Assert.Equal(default, await blog.ReadAsync("/blog/hello"));

        await browser.EvaluateAsync(tab, "document.querySelector('a').click()");

        await browser.WaitForAsync(tab, $"location.pathname + {NumberOnThePage}", "/blog/hello1");
        Assert.Equal(
            "true", await browser.EvaluateAsync(tab, "performance.getEntriesByType('navigation')[0].activationStart > 0"));
        Assert.Equal(Visit, await blog.ReadAsync("/blog/hello"));
    }

    // That a request is not sent, only waiting can show.
    private static Task LeaveTimeToCountAsync() => Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

    private static Task ExpectNumberAsync(IPage page, string number) =>
        Assertions.Expect(page.Locator("[data-footfall]")).ToHaveTextAsync(number, new() { Timeout = 30_000 });

    private async Task<IPage> OpenAsync(EmbeddedPages blog, string path)
    {
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(blog.Page(path).AbsoluteUri);
        return page;
    }
}
