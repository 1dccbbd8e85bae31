using System.Net;
using Footfall.Server;

namespace Footfall.Tests.Server;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("203.0.113.9", null, "203.0.113.9")]
    [InlineData("203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "6.6.6.6, 198.51.100.7,10.0.0.2 ,\t10.0.0.3", "198.51.100.7")]
    [InlineData("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2")]
    [InlineData("10.0.0.1", "198.51.100.7:51234", "198.51.100.7")]
    [InlineData("10.0.0.1", "[2001:db8::7]:51234", "2001:db8::7")]
    [InlineData("10.0.0.1", "2001:db8::7", "2001:db8::7")]
    [InlineData("10.0.0.1", "198.51.100.7, fd00::5", "198.51.100.7")]
    [InlineData("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2")]
    [InlineData("10.0.0.1", ",", "10.0.0.1")]
    public void The_client_is_the_last_one_on_the_way_who_is_no_proxy_of_ours(
        string peer, string? forwardedFor, string client)
    {
        var proxies = new TrustedProxies([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")]);

        Assert.Equal(IPAddress.Parse(client), proxies.FindClient(IPAddress.Parse(peer), () => forwardedFor));
    }

    [Fact]
    public void Without_proxies_the_client_is_the_peer()
    {
        var proxies = new TrustedProxies([]);

        Assert.Equal(IPAddress.Loopback, proxies.FindClient(IPAddress.Loopback, () => "198.51.100.7"));
    }
}
