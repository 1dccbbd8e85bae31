using System.Net;
using Footfall.Server;
using Footfall.Site;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Server;

/// <summary>What one client can hold on to.</summary>
public sealed class ConnectionTests
{
    private const string Ask = "GET /api/visits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    [Fact]
    public async Task One_address_cannot_take_the_places_of_another()
    {
        await using var host = await KestrelHost.StartAsync();
        var idle = new List<RawConnection>();
        for (var count = 0; count < ConnectionPlaces.PerAddress; count++)
        {
            idle.Add(await RawConnection.OpenAsync(host));
        }

        await host.WaitForConnectionsAsync(ConnectionPlaces.PerAddress);

        Assert.Equal("", await RawConnection.AskAsync(host, Ask));
        Assert.StartsWith("HTTP/1.1 200 ", await RawConnection.AskAsync(host, Ask, from: "127.0.0.2"), StringComparison.Ordinal);
        Assert.Contains("connections are refused", host.Faults.ToString(), StringComparison.Ordinal);

        idle.ForEach(connection => connection.Dispose());
        await host.WaitForConnectionsAsync(0);
        Assert.StartsWith("HTTP/1.1 200 ", await RawConnection.AskAsync(host, Ask), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_of_ours_has_nearly_all_places_and_nobody_has_all()
    {
        var proxy = IPAddress.Parse("10.0.0.1");
        var places = new ConnectionPlaces(new TrustedProxies([IPNetwork.Parse("10.0.0.0/8")]));

        Assert.Equal(ConnectionPlaces.PerProxy, Enumerable.Range(0, 20_000).Count(_ => places.TryTake(proxy)));
        Assert.True(places.TryTake(IPAddress.Parse("203.0.113.9")));
    }

    [Fact]
    public void The_places_of_an_IPv6_subscriber_are_those_of_the_network()
    {
        var places = new ConnectionPlaces(new TrustedProxies([]));

        var taken = Enumerable.Range(0, 1_000).Count(host => places.TryTake(IPAddress.Parse($"2001:db8::{host:x}")));

        Assert.Equal(ConnectionPlaces.PerAddress, taken);
        Assert.True(places.TryTake(IPAddress.Parse("2001:db8:0:1::1")));
        places.Return(IPAddress.Parse("2001:db8::ffff"));
        Assert.True(places.TryTake(IPAddress.Parse("2001:db8::1")));
        Assert.False(places.TryTake(IPAddress.Parse("2001:db8::2")));
    }

    [Fact]
    public void There_are_so_many_places_in_all()
    {
        var places = new ConnectionPlaces(new TrustedProxies([]));

        var taken = Enumerable.Range(0, 20_000).Count(host => places.TryTake(new IPAddress(host)));

        Assert.Equal(ConnectionPlaces.Total, taken);
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut_off_when_its_answers_are_overdue()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var page = new SiteFile("index.html", "text/plain", "no-cache", RandomBytes(1024 * 1024));
        await using var host = await KestrelHost.StartAsync(clock: clock, files: [page]);
        using var deaf = await RawConnection.OpenAsync(host);
        for (var request = 0; request < 20; request++)
        {
            await deaf.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }

        await host.WaitForConnectionsAsync(1);

        // The answer that waits may not have begun to when the clock is set, so it is set until it has.
        while (host.Connections > 0)
        {
            clock.Set(clock.GetUtcNow() + AnswerWriter.Deadline);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal("", host.Faults.ToString());
    }

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
