using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// Who was counted on one day, and which addresses and networks brought them. One table holds all: a pseudonym says of
/// what kind it is, as no two kinds hash to the same.
/// </summary>
internal sealed class DayClaims
{
    private readonly PseudonymTable numbers = new();

    /// <summary>How many visitors are remembered.</summary>
    public int Visitors { get; private set; }

    public long Bytes => numbers.Bytes;

    /// <summary>When the visitor was last counted, in 100 ns since 0001-01-01 UTC; zero when not.</summary>
    public long CountedAt(Pseudonym visitor) => numbers[visitor];

    /// <summary>How many distinct visitors the address, or network, has brought.</summary>
    public long Brought(Pseudonym place) => numbers[place];

    /// <returns>When the visitor was counted before; zero when not.</returns>
    public long Note(ClaimEntry entry)
    {
        Bring(entry, 1);
        var before = numbers[entry.Visitor];
        numbers[entry.Visitor] = entry.CountedAt;
        Visitors += before == 0 ? 1 : 0;
        return before;
    }

    /// <param name="before">What <see cref="Note"/> returned.</param>
    public void Undo(ClaimEntry entry, long before)
    {
        numbers[entry.Visitor] = before;
        Visitors -= before == 0 ? 1 : 0;
        Bring(entry, -1);
    }

    private void Bring(ClaimEntry entry, long visitors)
    {
        if (entry.Address is { } address)
        {
            numbers[address] += visitors;
        }

        if (entry.Network is { } network)
        {
            numbers[network] += visitors;
        }
    }
}
