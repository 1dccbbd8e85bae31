using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Reporting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Footfall.Server;

/// <summary>
/// Kestrel with the API and the site, and nothing else: two handlers need no pipeline and no container. Hosts are
/// filtered on the loopback alone: anywhere else, what a page could learn by calling this server under a name of its own
/// is public anyway, and a count is accepted only from an origin that equals the host or is allowed.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>How long a request that is being answered may take when the server is stopped.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    /// <summary>How often an address may try a wrong owner's key in a minute.</summary>
    private const int WrongKeysPerMinute = 10;

    private readonly FaultLog faults;
    private readonly KestrelServer kestrel;
    private readonly ConnectionPlaces places;
    private volatile StaticSite site;

    private WebServer(KestrelServerOptions options, ConnectionPlaces places, StaticSite site, ThrottledLog log)
    {
        this.places = places;
        faults = new FaultLog(log);
        var transport = new SocketTransportFactory(Options.Create(TransportOptions()), faults);
        kestrel = new KestrelServer(Options.Create(options), transport, faults);
        this.site = site;
    }

    /// <summary>Where it listens, with the port that was really given.</summary>
    public Uri Url => new(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>How many connections are open.</summary>
    public int Connections => places.Taken;

    /// <summary>The site that is served from the next request on.</summary>
    public StaticSite Site
    {
        get => site;
        set => site = value;
    }

    /// <param name="links">The owner's.</param>
    /// <param name="random">Makes the salts.</param>
    /// <param name="log">The caller's to dispose, after the server.</param>
    /// <exception cref="IOException">The endpoint cannot be listened on.</exception>
    /// <exception cref="SocketException">The endpoint may not be listened on, or is not this machine's.</exception>
    public static async Task<WebServer> StartAsync(
        HostSettings settings,
        IVisitStore store,
        ILinkStore links,
        StaticSite site,
        TimeProvider clock,
        RandomNumberGenerator random,
        ThrottledLog log)
    {
        var api = new VisitsApi(
            new VisitCounter(store, settings.Rules, clock, random),
            store,
            new OwnerSide(links, settings.OwnerKey, new AddressThrottle(WrongKeysPerMinute, clock, random)),
            settings.Counters,
            settings.Origins,
            clock,
            settings.Public,
            settings.RequestsPerMinute is { } rate ? new AddressThrottle(rate, clock, random) : null);
        var proxies = settings.IsLocal ? settings.TrustedProxies.AndThisMachine() : settings.TrustedProxies;
        var free = new ConnectionPlaces(proxies);
        var server = new WebServer(OptionsFor(settings.Endpoint, new ConnectionGate(free, log)), free, site, log);
        var application = new FootfallApplication(
            api,
            () => server.site,
            proxies,
            settings.IsLocal ? new LocalNames(settings.Origins) : null,
            settings.BasePath,
            new AnswerWriter(clock),
            server.faults,
            log);
        try
        {
            await server.kestrel.StartAsync(application, CancellationToken.None);
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

    private static KestrelServerOptions OptionsFor(IPEndPoint endpoint, ConnectionGate gate)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(gate.Before);
        });

        options.RequestHeaderEncodingSelector = HeaderEncoding.Of;

        // A browser sends its headers in one go and asks again within seconds; who dawdles holds a place for nothing.
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);

        // Room for a key that is far too long, so that it is the API that says so.
        options.Limits.MaxRequestLineSize = 16 * 1024;

        // The API reads little of a body, however long it says it is. Kestrel reads over the rest, for the connection's
        // next request: as far as this, and beyond it drops the connection.
        options.Limits.MaxRequestBodySize = 64 * 1024;

        // What a client sends ahead and nobody has asked for yet waits in memory.
        options.Limits.MaxRequestBufferSize = 64 * 1024;
        return options;
    }

    private static SocketTransportOptions TransportOptions() => new()
    {
        MaxReadBufferSize = 64 * 1024,
        CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            HoldToDeadline(socket);
            return socket;
        },
    };

    // Connections inherit both: what the system keeps for a client that does not read is bounded, and kept no longer
    // than the deadline of an answer (tcp(7), TCP_USER_TIMEOUT), also when the connection has been closed on this side.
    private static void HoldToDeadline(Socket socket)
    {
        const int UserTimeout = 18;
        socket.SendBufferSize = 128 * 1024;
        if (OperatingSystem.IsLinux())
        {
            Span<byte> milliseconds = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(milliseconds, (int)AnswerWriter.Deadline.TotalMilliseconds);
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, UserTimeout, milliseconds);
        }
    }
}
