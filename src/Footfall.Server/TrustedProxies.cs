using System.Net;

namespace Footfall.Server;

/// <summary>
/// The proxies whose word is taken for where a request came from. Everybody can write <c>X-Forwarded-For</c>; what a
/// proxy of ours appended to it is true, and all before that is hearsay.
/// </summary>
public sealed class TrustedProxies
{
    private readonly IPNetwork[] networks;
    private readonly bool haveThisMachine;

    /// <param name="networks">IPv4 networks may be written as IPv6 ones: <c>::ffff:10.0.0.0/104</c>.</param>
    public TrustedProxies(IEnumerable<IPNetwork> networks)
        : this(networks, haveThisMachine: false)
    {
    }

    private TrustedProxies(IEnumerable<IPNetwork> networks, bool haveThisMachine)
    {
        this.networks = [.. networks.Select(Canonical)];
        this.haveThisMachine = haveThisMachine;
    }

    /// <summary>
    /// These, and whatever calls from this machine's loopback: for a server that nobody else can call, it is the proxy.
    /// </summary>
    public TrustedProxies AndThisMachine() => new(
        [.. networks, new IPNetwork(IPAddress.Loopback, 32), new IPNetwork(IPAddress.IPv6Loopback, 128)],
        haveThisMachine: true);

    /// <summary>Whether the connection's other end is a proxy of ours.</summary>
    public bool Have(IPAddress peer) => Contain(Canonical(peer)) || (haveThisMachine && IPAddress.IsLoopback(peer));

    /// <summary>
    /// The client is the last address on the way here that is not a proxy of ours: the peer itself, unless it is one;
    /// then the forwarded addresses, from the last one back.
    /// </summary>
    /// <param name="peer">The connection's other end.</param>
    internal Provenance Trace(IPAddress peer, IHeaderDictionary fields)
    {
        var nearest = Canonical(peer);
        if (!Have(nearest))
        {
            return new Provenance(nearest, null, IsForwarded: false, IsContradictory: false);
        }

        var forwarded = fields[ForwardingFields.Forwarded];
        var host = FirstOf(HttpContextAdapter.Join(fields[ForwardingFields.Host])) ?? ForwardedField.Host(forwarded);
        var addresses = HttpContextAdapter.Join(fields[ForwardingFields.For]);
        if (ForwardedField.Addresses(forwarded) is not { } others)
        {
            return addresses is null
                ? new Provenance(nearest, host, IsForwarded: false, IsContradictory: false)
                : new Provenance(FindClient(nearest, addresses), host, IsForwarded: true, IsContradictory: false);
        }

        // A proxy writes one of the two and hands on the other as the client wrote it, so both must say the same.
        var client = FindClient(nearest, others);
        var isOneClient = addresses is null || client.Equals(FindClient(nearest, addresses));
        return new Provenance(isOneClient ? client : nearest, host, IsForwarded: true, !isOneClient);
    }

    private IPAddress FindClient(IPAddress nearest, string addresses)
    {
        var client = nearest;
        var rest = addresses.AsSpan();
        do
        {
            var comma = rest.LastIndexOf(',');
            if (!TryParse(rest[(comma + 1)..].Trim(), out var hop))
            {
                break;
            }

            client = hop;
            rest = rest[..Math.Max(comma, 0)];
        }
        while (!rest.IsEmpty && Contain(client));

        return client;
    }

    private bool Contain(IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    // Each proxy of several may have added the host that it was asked for.
    private static string? FirstOf(string? hosts) => hosts?.Split(',', 2)[0].Trim();

    // Some proxies write the port, too.
    private static bool TryParse(ReadOnlySpan<char> hop, out IPAddress address)
    {
        var isAddress = IPEndPoint.TryParse(hop, out var endpoint);
        address = isAddress ? Canonical(endpoint!.Address) : IPAddress.None;
        return isAddress;
    }

    private static IPAddress Canonical(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Canonical(IPNetwork network)
    {
        const int MappedPrefix = 96;
        return network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefix
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefix)
            : network;
    }
}
