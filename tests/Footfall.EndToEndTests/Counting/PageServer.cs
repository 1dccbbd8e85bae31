using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Footfall.EndToEndTests.Counting;

/// <summary>A site that has nothing of Footfall's: each path is whatever the test says.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageServer(WebApplication app) => this.app = app;

    /// <summary>By a name that makes it another site than what is at 127.0.0.1.</summary>
    public Uri Url => new UriBuilder(app.Urls.Single()) { Host = "localhost" }.Uri;

    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    public static async Task<PageServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var pages = builder.Build();
        pages.Run(answer);
        await pages.StartAsync();
        return new PageServer(pages);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
