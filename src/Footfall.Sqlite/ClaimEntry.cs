using System.Buffers.Binary;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>One counted visit in the journal: its day's other entries stand beside it.</summary>
/// <param name="Address">Given for the visitor's first visit of the day.</param>
/// <param name="CountedAt">In 100 ns since 0001-01-01 UTC.</param>
internal readonly record struct ClaimEntry(Pseudonym Visitor, Pseudonym? Address, long CountedAt)
{
    /// <summary>The length of an entry, in bytes: visitor, address or zeros, moment (big-endian).</summary>
    public const int Size = (2 * Pseudonym.Size) + sizeof(long);

    public static ClaimEntry Read(ReadOnlySpan<byte> bytes)
    {
        var address = Pseudonym.FromBytes(bytes[Pseudonym.Size..]);
        return new(
            Pseudonym.FromBytes(bytes),
            address == default ? null : address,
            BinaryPrimitives.ReadInt64BigEndian(bytes[(2 * Pseudonym.Size)..]));
    }

    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        Visitor.WriteBytes(destination);
        Address.GetValueOrDefault().WriteBytes(destination[Pseudonym.Size..]);
        BinaryPrimitives.WriteInt64BigEndian(destination[(2 * Pseudonym.Size)..], CountedAt);
    }
}
