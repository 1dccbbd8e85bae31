using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Footfall.Bench.Constant;

/// <summary>Answers every request as if it had counted it, with the same header fields.</summary>
internal sealed class ConstantApplication : IHttpApplication<HttpContext>
{
    private static readonly byte[] Body =
        """{"counter":"/","visits":123456,"visitors":123456,"outcome":"visit"}"""u8.ToArray();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Origin";
        response.ContentLength = Body.Length;
        _ = await response.BodyWriter.WriteAsync(Body);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
