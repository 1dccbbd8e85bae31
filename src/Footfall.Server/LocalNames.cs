using System.Net;
using Footfall.Api;

namespace Footfall.Server;

/// <summary>
/// The names that a server on the loopback goes by. The page on it may be a draft, and any site can have its own name
/// lead to a reader's loopback (DNS rebinding); the browser then takes the draft for that site's page and hands it over.
/// </summary>
internal sealed class LocalNames(AllowedOrigins origins)
{
    private const int HttpPort = 80;

    /// <summary>
    /// Whether to answer a request for <paramref name="host"/>: the loopback's names, addresses, which no name leads
    /// to, the hosts of allowed origins, and any host that readers of a proxy of ours ask for.
    /// </summary>
    /// <param name="port">The port that was called. A browser that comes here directly names it, whatever the name before
    /// it, and a page cannot change that; who comes by a proxy names the proxy's.</param>
    public bool Contain(HostString host, int port, bool isForwarded)
    {
        var name = host.Host.TrimEnd('.');
        return name.Length == 0
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(name, out _)
            || origins.ContainHost(name)
            || (isForwarded && (host.Port ?? HttpPort) != port);
    }
}
