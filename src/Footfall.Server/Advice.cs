using System.Collections.Concurrent;
using System.Net;
using Footfall.Api;

namespace Footfall.Server;

/// <summary>
/// Tells the owner, once each, why visits are not counted as they should be, and the setting that mends it. Names
/// hosts, and proxies on private networks; no reader.
/// </summary>
internal sealed class Advice(ThrottledLog log)
{
    /// <summary>So many lines and no more, since anybody can send an origin or a host of their own invention.</summary>
    private const int MaxLines = 20;

    private static readonly IPNetwork[] PrivateNetworks =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("::1/128"),
    ];

    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);
    private int left = MaxLines;

    public void OnForeignOrigin(string origin)
    {
        if (AllowedOrigins.IsOrigin(origin))
        {
            Tell($"visits from pages of {origin} are refused. If that is your page's address: --origin {origin}");
        }
    }

    public void OnForeignHost(HostString host)
    {
        if (Uri.CheckHostName(host.Host) == UriHostNameType.Dns)
        {
            Tell($"requests for {host.Host} are refused, as this server is on the loopback alone. "
                + $"If that is your page's address: --origin https://{host.Host}");
        }
    }

    /// <summary>A request that was counted, or would have been.</summary>
    public void OnCounting(IPAddress peer, TrustedProxies proxies, in Provenance from, HttpRequest request)
    {
        if (from.IsContradictory)
        {
            Tell($"the proxy at {peer} hands on both {ForwardingFields.For} and {ForwardingFields.Forwarded}, which name two readers: "
                + "neither is believed. Have it take away the one that it does not write itself.");
        }
        else if (!from.IsForwarded && left > 0 && IsPrivate(peer))
        {
            OnPrivatePeer(peer, proxies.Have(peer), request);
        }
        else if (from.IsForwarded && left > 0 && !IPAddress.IsLoopback(from.Client) && proxies.Have(from.Client))
        {
            Tell($"the way to a reader ends at {from.Client}, a proxy of yours that does not say for whom it asks, so that all its readers "
                + $"count as one address. Have it send {ForwardingFields.For}; the gateway of a container network cannot: have the engine keep addresses.");
        }
    }

    /// <summary>A proxy of ours asked for a page that is not there.</summary>
    /// <param name="path">With its first folder, the page may be meant to be there.</param>
    public void OnMissingFolder(string path)
    {
        var folder = path.Split('/', 3) is ["", var name, ""] ? name : "";
        if (folder.Length > 0 && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '~'))
        {
            Tell("", $"a proxy asks for /{folder}/, where nothing is. If your page is to be there: --base-path /{folder}/");
        }
    }

    private void OnPrivatePeer(IPAddress peer, bool isTrusted, HttpRequest request)
    {
        if (!isTrusted && ForwardingFields.FindSent(request.Headers) is { } field)
        {
            Tell($"{peer} sends {field} and is not believed, so that all its readers count as one address. "
                + $"If it is your proxy: --trusted-proxy {peer}");
        }
        else if (request.Headers.Origin.ToString().StartsWith("https:", StringComparison.Ordinal))
        {
            // Nobody but a proxy brings HTTPS here.
            Tell($"the proxy at {peer} does not say for whom it asks, so that all its readers count as one address. "
                + $"Have it send {ForwardingFields.For}.");
        }
    }

    private static bool IsPrivate(IPAddress peer)
    {
        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return Array.Exists(PrivateNetworks, network => network.Contains(address));
    }

    private void Tell(string line) => Tell(line, line);

    private void Tell(string subject, string line)
    {
        if (left > 0 && told.TryAdd(subject, true) && Interlocked.Decrement(ref left) >= 0)
        {
            log.Write(line, line);
        }
    }
}
