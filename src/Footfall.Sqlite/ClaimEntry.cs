using System.Buffers;
using System.Buffers.Binary;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>One counted visit in the journal: its day's other entries stand beside it.</summary>
/// <param name="CountedAt">In 100 ns since 0001-01-01 UTC.</param>
/// <param name="Address">Given for the visitor's first visit of the day, when the address has brought it.</param>
/// <param name="Network">Given beside the address, where it has a network.</param>
internal readonly record struct ClaimEntry(
    Pseudonym Visitor, long CountedAt, Pseudonym? Address = null, Pseudonym? Network = null)
{
    private const int FixedSize = 1 + Pseudonym.Size + sizeof(long);

    /// <summary>The entry at the beginning of a row's rest, which is then what follows it.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ClaimEntry Take(ref ReadOnlySpan<byte> rest)
    {
        var places = rest[0];
        var size = FixedSize + (places * Pseudonym.Size);
        if (places > 2 || rest.Length < size)
        {
            throw new FormatException($"found an entry of kind {places} with {rest.Length} bytes left");
        }

        var entry = new ClaimEntry(
            Pseudonym.FromBytes(rest[1..]),
            BinaryPrimitives.ReadInt64BigEndian(rest[(1 + Pseudonym.Size)..]),
            places > 0 ? Pseudonym.FromBytes(rest[FixedSize..]) : null,
            places > 1 ? Pseudonym.FromBytes(rest[(FixedSize + Pseudonym.Size)..]) : null);
        rest = rest[size..];
        return entry;
    }

    /// <summary>
    /// Appends the entry: a byte with the number of places that brought the visitor, the visitor, the moment
    /// (big-endian), the address, its network.
    /// </summary>
    public void Write(ArrayBufferWriter<byte> row)
    {
        var places = Network is not null ? 2 : Address is not null ? 1 : 0;
        var size = FixedSize + (places * Pseudonym.Size);
        var bytes = row.GetSpan(size);
        bytes[0] = (byte)places;
        Visitor.WriteBytes(bytes[1..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(1 + Pseudonym.Size)..], CountedAt);
        if (Address is { } address)
        {
            address.WriteBytes(bytes[FixedSize..]);
            Network?.WriteBytes(bytes[(FixedSize + Pseudonym.Size)..]);
        }

        row.Advance(size);
    }
}
