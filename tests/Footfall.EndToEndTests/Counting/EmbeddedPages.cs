using System.Text;
using Footfall.Api;
using Footfall.Counting;
using Footfall.EndToEndTests.Page;
using Footfall.Server;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Counting;

/// <summary>A counter as it serves pages of another site, with all that is real: server, database, count.js.</summary>
internal sealed class EmbeddedPages : IAsyncDisposable
{
    private readonly TemporaryDirectory folder;
    private readonly SqliteVisitStore store;
    private readonly KestrelHost counter;

    private EmbeddedPages(TemporaryDirectory folder, SqliteVisitStore store, KestrelHost counter, PageServer pages)
    {
        this.folder = folder;
        this.store = store;
        this.counter = counter;
        Pages = pages;
    }

    /// <summary>The other site.</summary>
    public PageServer Pages { get; }

    /// <param name="page">At every path of the other site; <c>COUNTER</c> in it is the counter's address, without a slash.</param>
    /// <param name="policy">The other site's security policy, with the same.</param>
    /// <param name="isAllowed">Whether the other site's origin may count.</param>
    /// <param name="isIsolated">Whether the other site takes nothing that does not say it is for others (COEP).</param>
    /// <param name="basePath">What is before the counter's every path.</param>
    public static async Task<EmbeddedPages> StartAsync(
        string page, string? policy = null, bool isAllowed = true, bool isIsolated = false, string basePath = "")
    {
        var address = "";
        var pages = await PageServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = policy?.Replace("COUNTER", address, StringComparison.Ordinal);
            if (isIsolated)
            {
                context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
                context.Response.Headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            }

            var html = $"<!doctype html><title>Blog</title>{page}".Replace("COUNTER", address, StringComparison.Ordinal);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(html));
        });
        var data = new TemporaryDirectory();
        var counts = SqliteVisitStore.Open(data.File("footfall.db"), TimeProvider.System);
        var host = await KestrelHost.StartAsync(
            new HostSettings
            {
                Counters = new CounterKeys(["/blog/*"]),
                Origins = new AllowedOrigins(isAllowed ? [pages.Origin] : []),
                BasePath = basePath,
            },
            counts,
            files: await ExampleSite.BuildAsync(new()));
        address = host.Url.GetLeftPart(UriPartial.Authority) + basePath;
        return new EmbeddedPages(data, counts, host, pages);
    }

    public Uri Page(string path) => new(Pages.Url, path);

    /// <summary>Waits until a counter has this tally. More than it is too late to wait for.</summary>
    public async Task ExpectAsync(string key, Tally expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (await ReadAsync(key) is var tally && tally != expected)
        {
            Assert.True(
                tally.Requests < expected.Requests && !patience.IsCancellationRequested, $"Expected {expected}, found {tally}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public Task<Tally> ReadAsync(string key) => store.ReadTotalAsync(key, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Pages.DisposeAsync();
        await counter.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }
}
