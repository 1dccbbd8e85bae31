using Footfall.Api;
using Footfall.Counting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Footfall.Server;

/// <summary>
/// What Kestrel runs for each request: the API's go to the API, all others to the site. There is no middleware
/// between, so nothing that could write an address down.
/// </summary>
/// <param name="site">Gives the site as it is rendered now.</param>
/// <param name="names">The names that it goes by; null for any.</param>
/// <param name="basePath">What a proxy may have put before every path: <c>/cv</c>, or empty.</param>
internal sealed class FootfallApplication(
    VisitsApi api,
    Func<StaticSite> site,
    TrustedProxies proxies,
    LocalNames? names,
    string basePath,
    AnswerWriter writer,
    FaultLog faults,
    ThrottledLog log) : IHttpApplication<HttpContext>
{
    private readonly Advice advice = new(log);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context)
    {
        var from = proxies.Trace(context.Connection.RemoteIpAddress!, context.Request.Headers);
        var path = BelowBase(context.Request.Path.Value ?? "");
        return IsMisdirected(context, from) ? RefuseAsync(context, from, path)
            : VisitsApi.Owns(context.Request.Method, path) ? CountAsync(context, from, path)
            : ShowAsync(context, from, path);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    // A proxy may take the base path away, or leave it there.
    private string BelowBase(string path) =>
        basePath.Length > 0
        && path.StartsWith(basePath, StringComparison.Ordinal)
        && path.AsSpan(basePath.Length) is ['/', ..]
            ? path[basePath.Length..]
            : path;

    private bool IsMisdirected(HttpContext context, in Provenance from) =>
        names is not null && !names.Contain(context.Request.Host, context.Connection.LocalPort, from.IsForwarded || from.Host is not null);

    private Task RefuseAsync(HttpContext context, in Provenance from, string path)
    {
        advice.OnForeignHost(context.Request.Host);
        var answer = api.Misdirected(HttpContextAdapter.Read(context, from, path, body: default));
        return writer.WriteAsync(context, answer);
    }

    private async Task ShowAsync(HttpContext context, Provenance from, string path)
    {
        // Whoever asks for the folder itself gets there: the page's addresses are relative to it.
        if (basePath.Length > 0 && path == basePath)
        {
            site().AddHeaders(context.Response);
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = $"{basePath}/";
            return;
        }

        var shown = site();
        try
        {
            var isPlaced = from is { Host: not null, IsContradictory: false } && shown.TellsAddress(path);
            await shown.AnswerAsync(context, path, writer, isPlaced ? ForwardedAddress.Of(context.Request.Headers, basePath) : null);
        }
#pragma warning disable CA1031 // The last resort: whatever it is, this request is answered and the next one served.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            faults.Write(e);
            context.Response.Clear();
            shown.AddHeaders(context.Response);
            await writer.WriteAsync(context, api.Unexpected(HttpContextAdapter.Read(context, from, path, body: default)));
        }

        if (context.Response.StatusCode == StatusCodes.Status404NotFound && from.IsForwarded && basePath.Length == 0)
        {
            advice.OnMissingFolder(path);
        }
    }

    private async Task CountAsync(HttpContext context, Provenance from, string path)
    {
        ReadOnlyMemory<byte> body;
        try
        {
            body = await HttpContextAdapter.ReadBodyAsync(context);
        }
        catch (IOException e) when (e is not BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest })
        {
            context.Response.Headers.Connection = "close";
            await writer.WriteAsync(context, api.BrokenBody(HttpContextAdapter.Read(context, from, path, body: default)));
            return;
        }

        var request = HttpContextAdapter.Read(context, from, path, body);
        var answer = await AnswerAsync(request);
        Note(context, from, answer);
        await writer.WriteAsync(context, answer);
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request)
    {
        try
        {
            // Who has sent a whole request is counted, whether or not they stay for the answer.
            return await api.HandleAsync(request, CancellationToken.None);
        }
#pragma warning disable CA1031 // The last resort: whatever it is, this request is answered and the next one served.
        catch (Exception e)
#pragma warning restore CA1031
        {
            faults.Write(e);
            return api.Unexpected(request);
        }
    }

    // What the owner is told of an answer; the reader's address and user agent are no part of it.
    private void Note(HttpContext context, in Provenance from, ApiResponse answer)
    {
        if (answer.Fault is { } fault)
        {
            faults.Write(fault);
        }
        else if (answer.FullFamily is { } family)
        {
            log.Write(family, $"{family} has all the counters that a family may have: requests for a further one are 404. "
                + "A folder below it can be a family of its own");
        }
        else if (answer.Status == StatusCodes.Status403Forbidden)
        {
            advice.OnForeignOrigin(context.Request.Headers.Origin.ToString());
        }
        else if (answer.Status == StatusCodes.Status429TooManyRequests && context.Request.Headers.Authorization.Count > 0)
        {
            log.Write("keys", "an address tries keys to the owner's numbers: 429");
        }
        else if (answer.Status == StatusCodes.Status429TooManyRequests)
        {
            log.Write("throttled", "an address asks to be counted more often than --requests-per-minute allows: 429");
        }
        else if (answer.Outcome == Outcome.Limited)
        {
            log.Write("limited", "an address has brought all the visitors of a day that --address-limit allows: limited");
        }

        if (answer.Outcome is not null || answer.Status == StatusCodes.Status403Forbidden)
        {
            advice.OnCounting(context.Connection.RemoteIpAddress!, proxies, from, context.Request);
        }
    }
}
