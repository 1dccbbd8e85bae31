using System.Net;
using System.Security.Cryptography;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Server;
using Footfall.Site;

namespace Footfall.Tests.Hosts;

/// <summary>The single-machine server in this process, on a free port of the loopback.</summary>
public sealed class KestrelHost : IAsyncDisposable
{
    private readonly WebServer server;

    private KestrelHost(WebServer server, StringWriter faults)
    {
        this.server = server;
        Faults = faults;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = server.Url,
        };
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:34567/</c>.</summary>
    public Uri Url => server.Url;

    /// <summary>Sends requests to it; follows no redirection and keeps no cookie.</summary>
    public HttpClient Client { get; }

    /// <summary>What the server wrote down of its failures.</summary>
    public StringWriter Faults { get; }

    /// <summary>How many connections are open.</summary>
    public int Connections => server.Connections;

    /// <summary>The site that it serves from the next request on.</summary>
    public StaticSite Site
    {
        get => server.Site;
        set => server.Site = value;
    }

    /// <param name="settings">The endpoint in it is not used; without settings there is no limit of requests.</param>
    /// <param name="store">The caller's to dispose; by default one in memory, which is empty.</param>
    /// <param name="clock">By default the system's.</param>
    /// <param name="files">The site; by default there is none.</param>
    public static async Task<KestrelHost> StartAsync(
        HostSettings? settings = null,
        IVisitStore? store = null,
        TimeProvider? clock = null,
        IEnumerable<SiteFile>? files = null)
    {
        var time = clock ?? TimeProvider.System;
        var faults = new StringWriter();
        var counts = store ?? new MemoryVisitStore();
        var started = await WebServer.StartAsync(
            (settings ?? new HostSettings { RequestsPerMinute = null }) with
            {
                Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            },
            counts,
            counts as ILinkStore ?? new MemoryVisitStore(),
            new StaticSite(files ?? [], SecurityHeaders.For()),
            time,
            RandomNumberGenerator.Create(),
            new ThrottledLog(faults, time));
        return new KestrelHost(started, faults);
    }

    /// <summary>Waits until so many connections are open.</summary>
    public async Task WaitForConnectionsAsync(int count)
    {
        while (Connections != count)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
