using System.Collections.Concurrent;
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

    /// <summary>How a page may be looked at; a width of 640 with text of 200 % is a telephone held to near eyes.</summary>
    private static readonly (PageEmulateMediaOptions Media, int Width, int TextSize)[] Views =
    [
        (new() { ColorScheme = ColorScheme.Light }, 1280, 100),
        (new() { ColorScheme = ColorScheme.Dark }, 1280, 100),
        (new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.Active }, 1280, 100),
        (new() { ColorScheme = ColorScheme.Light }, 320, 100),
        (new() { ColorScheme = ColorScheme.Light }, 640, 200),
        (new() { ColorScheme = ColorScheme.Light, Media = Media.Print }, 1280, 100),
        (new() { ColorScheme = ColorScheme.Dark, Media = Media.Print }, 1280, 100),
    ];

    public static TheoryData<string> Names => MeasuredPages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_no_violation(string name)
    {
        await using var server = await SiteServer.StartAsync((await MeasuredPages.BuildAsync(name)).Files, ExampleSite.Api);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        string[] addresses = name switch
        {
            "example" => ["", "404.html", "#not-me"],
            "german" => ["", "ar.html"],
            _ => [""],
        };
        foreach (var address in addresses)
        {
            await page.GotoAsync(new Uri(server.Url, address).AbsoluteUri);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            foreach (var (media, width, textSize) in Views)
            {
                await LookAsync(page, media, width, textSize);

                var result = await page.RunAxe(EveryRule);

                Assert.Empty(result.Violations.Select(violation =>
                    $"{width} px, {textSize} %: {violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"));
                Assert.NotEmpty(result.Passes);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_wider_than_the_window_or_comes_from_elsewhere(string name)
    {
        var requests = new ConcurrentQueue<string>();
        await using var server = await SiteServer.StartAsync((await MeasuredPages.BuildAsync(name)).Files, ExampleSite.Api);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        page.Request += (_, request) => requests.Enqueue(request.Url);
        await page.GotoAsync(server.Url.AbsoluteUri);

        foreach (var (width, textSize) in new[] { (320, 100), (320, 200), (390, 100), (768, 100), (768, 200), (1280, 200), (1920, 100) })
        {
            await LookAsync(page, new(), width, textSize);
            Assert.Equal((width, width), (width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        }

        Assert.All(requests, address => Assert.StartsWith(server.Url.AbsoluteUri, address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_from_right_to_left_is_mirrored()
    {
        await using var server = await SiteServer.StartAsync((await MeasuredPages.BuildAsync("arabic")).Files, ExampleSite.Api);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);

        var heading = (await page.Locator("#work h2").BoundingBoxAsync())!;
        var title = (await page.Locator("#work h3").First.BoundingBoxAsync())!;
        var dates = (await page.Locator("#work .when").First.BoundingBoxAsync())!;

        Assert.True(dates.X < title.X && title.X < heading.X, $"dates at {dates.X}, title at {title.X}, heading at {heading.X}");
    }

    private static async Task LookAsync(IPage page, PageEmulateMediaOptions media, int width, int textSize)
    {
        await page.EmulateMediaAsync(new()
        {
            ColorScheme = media.ColorScheme ?? ColorScheme.Light,
            ForcedColors = media.ForcedColors ?? ForcedColors.None,
            Media = media.Media ?? Media.Screen,
        });
        await page.SetViewportSizeAsync(width, 900);
        await page.EvaluateAsync($"document.documentElement.style.fontSize = '{(textSize == 100 ? "" : $"{textSize}%")}'");
    }
}
