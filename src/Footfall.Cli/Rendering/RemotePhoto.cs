using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Footfall.Cli.Rendering;

/// <summary>
/// Fetches the person's picture from where the résumé says it is, once, at build: over TLS, from public addresses only
/// (a build may run where a network of somebody else's can be reached), and never more than a picture may have.
/// </summary>
internal static class RemotePhoto
{
    private const int MostRedirects = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3", "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
            "2002::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <param name="address">Where the résumé says that it is.</param>
    /// <param name="largest">In bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It was not fetched; the message says why.</exception>
    public static async Task<byte[]> FetchAsync(Uri address, int largest, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = ConnectAsync,
        };
        return await FetchAsync(address, largest, handler, cancellationToken);
    }

    /// <summary>The same by a handler of the caller's, which follows no redirect by itself.</summary>
    internal static async Task<byte[]> FetchAsync(Uri address, int largest, HttpMessageHandler handler, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = largest };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("footfall", null));
        for (var redirects = 0; ; redirects++)
        {
            if (address.Scheme != Uri.UriSchemeHttps)
            {
                throw new HttpRequestException($"expected an https: address, found {address}");
            }

            using var response = await client.GetAsync(address, cancellationToken);
            if ((int)response.StatusCode is not (>= 300 and < 400) || response.Headers.Location is not { } elsewhere)
            {
                return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
            }

            if (redirects == MostRedirects)
            {
                throw new HttpRequestException($"expected at most {MostRedirects} redirects, found more");
            }

            address = new Uri(address, elsewhere);
        }
    }

    // By the address that the name has at this moment, so that no second look can give another one.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var open = Array.Find(addresses, IsPublic)
            ?? throw new HttpRequestException($"expected a server on the internet, found {context.DnsEndPoint.Host} in a private network");
        Socket? socket = null;
        try
        {
            socket = new Socket(open.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>Whether an address is one of the internet's (IANA's registries of special-purpose addresses).</summary>
    internal static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Special, network => network.Contains(plain));
    }
}
