namespace Footfall.Tests.Api;

/// <summary>Something that answers the HTTP contract.</summary>
public interface IHttpHost
{
    Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken);
}
