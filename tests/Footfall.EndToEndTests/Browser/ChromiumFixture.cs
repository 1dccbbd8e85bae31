using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Footfall.EndToEndTests.Browser;

/// <summary>
/// One Chromium for a test class; every browser context in it is a browser of its own, with its own storage.
/// Chromium starts with the first context, so that a test without it is skipped rather than broken.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    /// <summary>What Chromium says on a desk. Headless, it would say "HeadlessChrome", which is a bot.</summary>
    public const string DesktopUserAgent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

    /// <summary>Where Debian puts it.</summary>
    public const string Executable = "/usr/bin/chromium";

    // Without the last one navigator.webdriver is true, and the page says so to the API.
    internal static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-blink-features=AutomationControlled",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private readonly ConcurrentBag<IBrowserContext> contexts = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser that has never been anywhere, in a person's hands as far as any page can tell.</summary>
    /// <param name="options">How it differs from a desktop browser of default size.</param>
    public async Task<IBrowserContext> NewBrowserAsync(BrowserNewContextOptions? options = null)
    {
        Prerequisite.RequireFile(Executable);
        options ??= new();
        options.UserAgent ??= DesktopUserAgent;
        var context = await (await StartedAsync()).NewContextAsync(options);
        contexts.Add(context);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts)
        {
            await context.DisposeAsync();
        }

        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        starting.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await starting.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
        }
        finally
        {
            starting.Release();
        }
    }
}
