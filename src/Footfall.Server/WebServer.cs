using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Counting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Footfall.Server;

/// <summary>
/// Kestrel with the API and the site, and nothing else: two handlers need no pipeline and no container. Hosts are not
/// filtered: what a page could learn by calling this server under a name of its own is public anyway, and a count is
/// accepted only from an origin that equals the host or is allowed.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>How long a request that is being answered may take when the server is stopped.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly FaultLog faults;
    private readonly KestrelServer kestrel;
    private volatile StaticSite site;

    private WebServer(KestrelServerOptions options, StaticSite site, ThrottledLog log)
    {
        faults = new FaultLog(log);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), faults);
        kestrel = new KestrelServer(Options.Create(options), transport, faults);
        this.site = site;
    }

    /// <summary>Where it listens, with the port that was really given.</summary>
    public Uri Url => new(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The site that is served from the next request on.</summary>
    public StaticSite Site
    {
        get => site;
        set => site = value;
    }

    /// <param name="random">Makes the salts.</param>
    /// <param name="log">The caller's to dispose, after the server.</param>
    /// <exception cref="IOException">The endpoint cannot be listened on.</exception>
    /// <exception cref="SocketException">The endpoint may not be listened on, or is not this machine's.</exception>
    public static async Task<WebServer> StartAsync(
        HostSettings settings,
        IVisitStore store,
        StaticSite site,
        TimeProvider clock,
        RandomNumberGenerator random,
        ThrottledLog log)
    {
        var api = new VisitsApi(
            new VisitCounter(store, settings.Rules, clock, random),
            store,
            settings.Counters,
            settings.Origins,
            clock,
            settings.RequestsPerMinute is { } rate ? new AddressThrottle(rate, clock, random) : null);
        var server = new WebServer(OptionsFor(settings.Endpoint), site, log);
        try
        {
            await server.kestrel.StartAsync(
                new FootfallApplication(api, () => server.site, settings.TrustedProxies, server.faults), CancellationToken.None);
            return server;
        }
        catch
        {
            server.kestrel.Dispose();
            server.faults.Dispose();
            throw;
        }
    }

    /// <summary>Takes no more requests, and ends when those that are being answered are.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(GracePeriod);
        await kestrel.StopAsync(grace.Token);
        kestrel.Dispose();
        faults.Dispose();
    }

    private static KestrelServerOptions OptionsFor(IPEndPoint endpoint)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);

        // A browser sends its headers in one go and asks again within seconds; who dawdles holds a place for nothing.
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        options.Limits.MaxConcurrentConnections = 10_000;

        // Room for a key that is far too long, so that it is the API that says so.
        options.Limits.MaxRequestLineSize = 16 * 1024;

        // The API reads little of a body, however long it says it is; Kestrel drops the connection over the rest.
        options.Limits.MaxRequestBodySize = null;
        return options;
    }
}
