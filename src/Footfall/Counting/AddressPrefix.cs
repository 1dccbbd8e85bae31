using System.Net;
using System.Net.Sockets;

namespace Footfall.Counting;

/// <summary>
/// The parts of an address that stand for somebody. An IPv4 address written as an IPv6 one (RFC 4291, section 2.5.5.2)
/// is the IPv4 address.
/// </summary>
public static class AddressPrefix
{
    /// <summary>The room that either prefix needs, in bytes.</summary>
    public const int MaxSize = 16;

    private const int IPv6SubscriberSize = 8;
    private const int IPv6NetworkSize = 6;

    /// <summary>
    /// What stands for one subscriber: all of an IPv4 address, the first 64 bits of an IPv6 one.
    /// </summary>
    /// <returns>How many bytes of <paramref name="destination"/> it is: 4 or 8.</returns>
    public static int WriteSubscriber(IPAddress address, Span<byte> destination)
    {
        var canonical = Canonical(address);
        _ = canonical.TryWriteBytes(destination, out var written);
        return canonical.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6SubscriberSize : written;
    }

    /// <summary>
    /// What one site may have been given: the first 48 bits of an IPv6 address (RFC 6177), which are up to 65,536
    /// subscribers' prefixes. None of an IPv4 address: there the address itself is what is scarce.
    /// </summary>
    /// <returns>How many bytes of <paramref name="destination"/> it is: 6, or 0 for none.</returns>
    public static int WriteNetwork(IPAddress address, Span<byte> destination)
    {
        var canonical = Canonical(address);
        return canonical.AddressFamily == AddressFamily.InterNetworkV6 && canonical.TryWriteBytes(destination, out _)
            ? IPv6NetworkSize
            : 0;
    }

    private static IPAddress Canonical(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
