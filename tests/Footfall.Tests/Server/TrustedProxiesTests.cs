using System.Net;
using Footfall.Server;
using Microsoft.AspNetCore.Http;

namespace Footfall.Tests.Server;

public sealed class TrustedProxiesTests
{
    private static readonly TrustedProxies Proxies = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")]);

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
        string peer, string? forwardedFor, string client) =>
        Assert.Equal(IPAddress.Parse(client), Trace(Proxies, peer, ("X-Forwarded-For", forwardedFor)).Client);

    [Theory]
    [InlineData("for=198.51.100.7", "198.51.100.7")]
    [InlineData("for=6.6.6.6, for=198.51.100.7;proto=https;by=10.0.0.1", "198.51.100.7")]
    [InlineData("For=\"198.51.100.7:4711\"", "198.51.100.7")]
    [InlineData("proto=https;for=\"[2001:db8::7]:4711\"", "2001:db8::7")]
    [InlineData("for=198.51.100.7, for=10.0.0.2", "198.51.100.7")]
    [InlineData("for=\", for=198.51.100.7", "198.51.100.7")]
    [InlineData("for=6.6.6.6;host=\"a, for=\"198.51.100.7\"", "198.51.100.7")]
    [InlineData("for=198.51.100.7, for=_hidden", "10.0.0.1")]
    [InlineData("for=unknown", "10.0.0.1")]
    [InlineData("host=cv.example", "10.0.0.1")]
    [InlineData("", "10.0.0.1")]
    [InlineData("for", "10.0.0.1")]
    [InlineData(";;,,==", "10.0.0.1")]
    public void Forwarded_says_the_same_in_its_own_way(string forwarded, string client) =>
        Assert.Equal(IPAddress.Parse(client), Trace(Proxies, "10.0.0.1", ("Forwarded", forwarded)).Client);

    [Fact]
    public void The_lines_of_a_field_are_one_list()
    {
        var fields = new HeaderDictionary
        {
            ["X-Forwarded-For"] = new(["6.6.6.6", "198.51.100.7"]),
            ["Forwarded"] = new(["for=6.6.6.6;host=\"", "for=198.51.100.7"]),
        };

        Assert.Equal(IPAddress.Parse("198.51.100.7"), Proxies.Trace(IPAddress.Parse("10.0.0.1"), fields).Client);
    }

    [Theory]
    [InlineData("198.51.100.7", "for=6.6.6.6")]
    [InlineData("6.6.6.6", "for=198.51.100.7")]
    public void Where_the_two_fields_name_two_clients_one_is_the_clients_own_word_and_neither_is_believed(
        string forwardedFor, string forwarded)
    {
        var from = Trace(Proxies, "10.0.0.1", ("X-Forwarded-For", forwardedFor), ("Forwarded", forwarded));

        Assert.Equal(IPAddress.Parse("10.0.0.1"), from.Client);
        Assert.True(from.IsContradictory);
    }

    [Theory]
    [InlineData("for=198.51.100.7:99")]
    [InlineData("host=cv.example;proto=https")]
    public void Where_the_two_fields_agree_they_are_believed(string forwarded)
    {
        var from = Trace(Proxies, "10.0.0.1", ("X-Forwarded-For", "198.51.100.7"), ("Forwarded", forwarded));

        Assert.Equal(IPAddress.Parse("198.51.100.7"), from.Client);
        Assert.False(from.IsContradictory);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "cv.example:8443", "cv.example:8443")]
    [InlineData("X-Forwarded-Host", "cv.example, inner.example", "cv.example")]
    [InlineData("Forwarded", "for=198.51.100.7;host=\"cv.example:8443\"", "cv.example:8443")]
    [InlineData("Forwarded", "for=198.51.100.7;host=cv.example, for=10.0.0.2;host=inner.example", "cv.example")]
    [InlineData("X-Forwarded-For", "198.51.100.7", null)]
    public void The_host_that_the_reader_asked_for_is_taken_from_a_proxy_of_ours_alone(string name, string value, string? host)
    {
        Assert.Equal(host, Trace(Proxies, "10.0.0.1", (name, value)).Host);
        Assert.Null(Trace(Proxies, "203.0.113.9", (name, value)).Host);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.0/120")]
    [InlineData("::ffff:192.0.2.9/128")]
    [InlineData("192.0.2.9/32")]
    public void An_IPv4_network_may_be_written_as_an_IPv6_one(string network)
    {
        var proxies = new TrustedProxies([IPNetwork.Parse(network)]);

        Assert.True(proxies.Have(IPAddress.Parse("192.0.2.9")));
        Assert.True(proxies.Have(IPAddress.Parse("::ffff:192.0.2.9")));
        Assert.False(proxies.Have(IPAddress.Parse("192.0.3.9")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void This_machine_is_a_proxy_of_ours_only_where_nobody_else_can_call(string peer)
    {
        Assert.Equal(
            IPAddress.Parse("198.51.100.7"),
            Trace(Proxies.AndThisMachine(), peer, ("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 127.0.0.1")).Client);
        Assert.False(Proxies.Have(IPAddress.Parse(peer)));
    }

    private static Provenance Trace(TrustedProxies proxies, string peer, params (string Name, string? Value)[] fields)
    {
        var sent = new HeaderDictionary();
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
        {
            sent[name] = value;
        }

        return proxies.Trace(IPAddress.Parse(peer), sent);
    }
}
