using System.Net;
using System.Net.Sockets;

namespace Footfall.Counting;

/// <summary>
/// The part of an address that stands for one subscriber: all of an IPv4 address, the first 64 bits of an IPv6 one
/// (RFC 6177). An IPv4 address written as an IPv6 one (RFC 4291, section 2.5.5.2) is the IPv4 address.
/// </summary>
internal static class AddressPrefix
{
    /// <summary>The room that <see cref="Write"/> needs, in bytes.</summary>
    public const int MaxSize = 16;

    private const int IPv6PrefixSize = 8;

    /// <returns>How many bytes of <paramref name="destination"/> are the prefix: 4 or 8.</returns>
    public static int Write(IPAddress address, Span<byte> destination)
    {
        var canonical = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        _ = canonical.TryWriteBytes(destination, out var written);
        return canonical.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6PrefixSize : written;
    }
}
