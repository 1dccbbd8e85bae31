using System.Net;

namespace Footfall.LambdaHost;

/// <summary>An HTTP API whose one route, <c>$default</c>, goes to one function.</summary>
public sealed record HttpApiSettings
{
    public PayloadVersion PayloadVersion { get; init; } = PayloadVersion.V2;

    /// <summary>How long the API waits for the function; its own maximum is 30 seconds.</summary>
    public TimeSpan IntegrationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where a request came from: the connection's other end, unless a test plays many clients.</summary>
    public Func<HttpContext, IPAddress> SourceAddress { get; init; } = context => context.Connection.RemoteIpAddress!;

    /// <summary>The loopback port, or 0 for a free one.</summary>
    public int Port { get; init; }
}
