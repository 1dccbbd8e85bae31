using System.Net;
using Footfall.Api;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Footfall.Server;

/// <summary>
/// What Kestrel runs for each request: the API's go to the API, all others to the site. There is no middleware
/// between, so nothing that could write an address down.
/// </summary>
/// <param name="site">Gives the site as it is rendered now.</param>
internal sealed class FootfallApplication(
    VisitsApi api, Func<StaticSite> site, TrustedProxies proxies, FaultLog faults) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) =>
        VisitsApi.Owns(context.Request.Method, context.Request.Path.Value ?? "")
            ? AnswerAsync(context)
            : site().AnswerAsync(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await HttpContextAdapter.ReadAsync(context, FindClient(context));
        ApiResponse answer;
        try
        {
            // Who has sent a whole request is counted, whether or not they stay for the answer.
            answer = await api.HandleAsync(request, CancellationToken.None);
            if (answer.Fault is { } fault)
            {
                faults.Write(fault);
            }
        }
#pragma warning disable CA1031 // The last resort: whatever it is, this request is answered and the next one served.
        catch (Exception e)
#pragma warning restore CA1031
        {
            faults.Write(e);
            answer = api.Unexpected(request);
        }

        await HttpContextAdapter.WriteAsync(context, answer);
    }

    private IPAddress FindClient(HttpContext context)
    {
        var fields = context.Request.Headers;
        return proxies.FindClient(
            context.Connection.RemoteIpAddress!, () => HttpContextAdapter.Join(fields["X-Forwarded-For"]));
    }
}
