using System.Net;

namespace Footfall.Server;

/// <summary>
/// The proxies whose word is taken for where a request came from. Everybody can write <c>X-Forwarded-For</c>; what a
/// proxy of ours appended to it is true, and all before that is hearsay.
/// </summary>
public sealed class TrustedProxies(IEnumerable<IPNetwork> networks)
{
    private readonly IPNetwork[] networks = [.. networks];

    /// <summary>
    /// The last address on the way here that is not a proxy of ours: the peer itself, unless it is one; then the
    /// forwarded addresses, from the last one back.
    /// </summary>
    /// <param name="peer">The connection's other end.</param>
    /// <param name="forwardedFor">The field <c>X-Forwarded-For</c>, its lines joined with a comma.</param>
    public IPAddress FindClient(IPAddress peer, Func<string?> forwardedFor)
    {
        var client = Canonical(peer);
        if (!Contain(client) || forwardedFor() is not { } addresses)
        {
            return client;
        }

        for (var rest = addresses.AsSpan(); !rest.IsEmpty && Contain(client);)
        {
            var comma = rest.LastIndexOf(',');
            if (!TryParse(rest[(comma + 1)..].Trim(), out var hop))
            {
                break;
            }

            client = hop;
            rest = rest[..Math.Max(comma, 0)];
        }

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

    // Some proxies write the port, too.
    private static bool TryParse(ReadOnlySpan<char> hop, out IPAddress address)
    {
        var isAddress = IPEndPoint.TryParse(hop, out var endpoint);
        address = isAddress ? Canonical(endpoint!.Address) : IPAddress.None;
        return isAddress;
    }

    private static IPAddress Canonical(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
