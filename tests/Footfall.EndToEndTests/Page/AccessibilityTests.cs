using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Footfall.EndToEndTests.Browser;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Page;

public sealed class AccessibilityTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    // Everything that axe knows, the enhanced contrast of WCAG AAA included.
    private static readonly AxeRunOptions EveryRule = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        Rules = new() { ["color-contrast-enhanced"] = new() { Enabled = true } },
    };

    [Theory]
    [InlineData(ColorScheme.Light, Media.Screen, 1280)]
    [InlineData(ColorScheme.Dark, Media.Screen, 1280)]
    [InlineData(ColorScheme.Light, Media.Screen, 320)]
    [InlineData(ColorScheme.Light, Media.Print, 1280)]
    [InlineData(ColorScheme.Dark, Media.Print, 1280)]
    [InlineData(ColorScheme.Light, Media.Screen, 320, "#not-me")]
    public async Task Axe_finds_no_violation(ColorScheme scheme, Media media, int width, string fragment = "")
    {
        await using var server = await SiteServer.StartAsync(await ExampleSite.BuildAsync(), ExampleSite.Api);
        var context = await chromium.NewBrowserAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, Media = media });
        await page.GotoAsync(server.Url.AbsoluteUri + fragment);
        await page.Locator("summary").EvaluateAsync("summary => summary.parentElement.open = true");

        var result = await page.RunAxe(EveryRule);

        Assert.Equal(
            "", string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}")));
        Assert.NotEmpty(result.Passes);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1920)]
    public async Task Nothing_is_wider_than_the_window(int width)
    {
        await using var server = await SiteServer.StartAsync(await ExampleSite.BuildAsync(), ExampleSite.Api);
        var context = await chromium.NewBrowserAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
