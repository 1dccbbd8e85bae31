using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Counting;

/// <summary>
/// What stands for a visitor, an address or a network in a store: the first 128 bits of HMAC-SHA256 (RFC 2104, FIPS 180-4) under
/// the day's <see cref="Salt"/>. It says nothing without the salt, differs from day to day, and differs from counter
/// to counter, so that one visitor's pages cannot be joined.
/// </summary>
/// <param name="Value">The first 16 bytes of the hash, read big-endian.</param>
public readonly record struct Pseudonym(UInt128 Value)
{
    /// <summary>The length of a pseudonym, in bytes.</summary>
    public const int Size = 16;

    private const byte VisitorKind = 1;
    private const byte AddressKind = 2;
    private const byte NetworkKind = 3;

    /// <summary>
    /// A person at one counter: address, an IPv6 one by its /64, and user agent.
    /// </summary>
    public static Pseudonym OfVisitor(Salt salt, string counter, IPAddress address, string userAgent) =>
        Of(salt, VisitorKind, counter, SubscriberOf(address, stackalloc byte[AddressPrefix.MaxSize]), userAgent);

    /// <summary>An address at one counter, for the limit of visitors that it may bring in a day.</summary>
    public static Pseudonym OfAddress(Salt salt, string counter, IPAddress address) =>
        Of(salt, AddressKind, counter, SubscriberOf(address, stackalloc byte[AddressPrefix.MaxSize]), userAgent: "");

    /// <summary>
    /// The network of an IPv6 address, its /48, at one counter, for the limit of visitors that it may bring in a day;
    /// null for an IPv4 address, which has none beside itself.
    /// </summary>
    public static Pseudonym? OfNetwork(Salt salt, string counter, IPAddress address)
    {
        Span<byte> network = stackalloc byte[AddressPrefix.MaxSize];
        var length = AddressPrefix.WriteNetwork(address, network);
        return length == 0 ? null : Of(salt, NetworkKind, counter, network[..length], userAgent: "");
    }

    public static Pseudonym FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void WriteBytes(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>The pseudonym as 22 characters of base64url (RFC 4648, section 5), without padding.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    private static ReadOnlySpan<byte> SubscriberOf(IPAddress address, Span<byte> room) =>
        room[..AddressPrefix.WriteSubscriber(address, room)];

    private static Pseudonym Of(
        Salt salt, byte kind, string counter, ReadOnlySpan<byte> prefix, string userAgent)
    {
        // Lengths are written ahead of what varies, so that no two inputs run into the same bytes.
        var capacity = 1 + sizeof(int) + Encoding.UTF8.GetMaxByteCount(counter.Length)
            + 1 + prefix.Length + Encoding.UTF8.GetMaxByteCount(userAgent.Length);
        var rented = ArrayPool<byte>.Shared.Rent(capacity);
        try
        {
            Span<byte> message = rented;
            message[0] = kind;
            var length = 1 + sizeof(int);
            var counterBytes = Encoding.UTF8.GetBytes(counter, message[length..]);
            BinaryPrimitives.WriteInt32BigEndian(message[1..], counterBytes);
            length += counterBytes;
            message[length] = (byte)prefix.Length;
            prefix.CopyTo(message[(length + 1)..]);
            length += 1 + prefix.Length;
            length += Encoding.UTF8.GetBytes(userAgent, message[length..]);

            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            salt.Hash(message[..length], hash);
            return FromBytes(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }
}
