using Footfall.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Footfall.EndToEndTests.Page;

/// <summary>
/// Serves a built site on a loopback port exactly as <see cref="SiteFile"/> and <see cref="SecurityHeaders"/> say,
/// with an API that the test writes.
/// </summary>
public sealed class SiteServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SiteServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    public static async Task<SiteServer> StartAsync(IReadOnlyList<SiteFile> files, RequestDelegate api)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.Map("/api/visits", api);
        site.MapGet("/{**path}", (HttpContext context, string? path) =>
            SendAsync(context, files.SingleOrDefault(file => file.Path == (path ?? "index.html")), files));
        await site.StartAsync();
        return new(site);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task SendAsync(HttpContext context, SiteFile? file, IReadOnlyList<SiteFile> files)
    {
        context.Response.StatusCode = file is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        file ??= files.Single(other => other.Path == "404.html");
        foreach (var (name, value) in SecurityHeaders.For())
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.Headers.CacheControl = file.CacheControl;
        context.Response.Headers.ContentLength = file.Content.Length;
        await context.Response.Body.WriteAsync(file.Content);
    }
}
