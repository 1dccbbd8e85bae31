using System.Buffers;
using System.Runtime.InteropServices;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// Who has been counted: on the disk a row for each group, and in memory by their hashes, which would be a page each on
/// the disk. See docs/decisions/0002-sqlite-group-commit.md.
/// </summary>
/// <remarks>Used by the writer's thread alone; about 120 bytes of memory a visitor, for two days.</remarks>
internal sealed class ClaimJournal(Connection connection)
{
    private readonly Dictionary<DateOnly, DayClaims> days = [];
    private readonly List<(DateOnly Day, ClaimEntry Entry, long? Before)> uncommitted = [];
    private readonly ArrayBufferWriter<byte> entries = new();

    private readonly Statement findLater = connection.Prepare(
        "SELECT id, day, entries FROM claims WHERE id > ?1 ORDER BY id");

    private readonly Statement add = connection.Prepare("INSERT INTO claims (day, entries) VALUES (?1, ?2)");

    private readonly Statement delete = connection.Prepare("DELETE FROM claims WHERE day < ?1");

    private long lastId;

    /// <summary>Takes in what other processes have added. The transaction must hold the write lock.</summary>
    public void CatchUp()
    {
        findLater.Bind(1, lastId);
        try
        {
            while (findLater.Step())
            {
                var claims = ClaimsOf(findLater.Day(1));
                var rest = findLater.Blob(2);
                while (!rest.IsEmpty)
                {
                    Note(claims, ClaimEntry.Take(ref rest));
                }

                lastId = findLater.Integer(0);
            }
        }
        finally
        {
            findLater.Reset();
        }
    }

    /// <summary>When the visitor was last counted on that day, in ticks; null when not.</summary>
    public long? FindCounted(DateOnly day, Pseudonym visitor) =>
        days.TryGetValue(day, out var claims) && claims.Counted.TryGetValue(visitor, out var at) ? at : null;

    /// <summary>How many distinct visitors the address, or network, has brought on that day.</summary>
    public int CountBrought(DateOnly day, Pseudonym place) =>
        days.TryGetValue(day, out var claims) ? claims.Brought.GetValueOrDefault(place) : 0;

    /// <summary>Notes that a visitor is counted; <see cref="Write"/> records it.</summary>
    /// <param name="isFirst">Whether it is the visitor's first time on that day.</param>
    public void Add(VisitorClaim claim, bool isFirst)
    {
        var at = claim.At.UtcTicks;
        Add(
            claim.Day,
            isFirst ? new(claim.Visitor, at, claim.Address, claim.Network) : new ClaimEntry(claim.Visitor, at));
        if (claim.VisitorYesterday is { } yesterday)
        {
            Add(claim.Day.AddDays(-1), new ClaimEntry(yesterday, at));
        }
    }

    /// <summary>Writes what was added, in the transaction: a row for each day.</summary>
    public void Write()
    {
        foreach (var day in uncommitted.GroupBy(added => added.Day))
        {
            entries.ResetWrittenCount();
            foreach (var (_, entry, _) in day)
            {
                entry.Write(entries);
            }

            add.Bind(1, day.Key).Bind(2, entries.WrittenSpan).Run();
        }
    }

    /// <summary>The transaction has been committed.</summary>
    public void Commit()
    {
        if (uncommitted.Count > 0)
        {
            lastId = connection.LastInsertId;
            uncommitted.Clear();
        }
    }

    /// <summary>The transaction is undone.</summary>
    public void RollBack()
    {
        for (var index = uncommitted.Count - 1; index >= 0; index--)
        {
            var (day, entry, before) = uncommitted[index];
            var claims = days[day];
            if (before is { } at)
            {
                claims.Counted[entry.Visitor] = at;
            }
            else
            {
                claims.Counted.Remove(entry.Visitor);
            }

            if (entry.Address is { } address)
            {
                claims.Brought[address]--;
            }

            if (entry.Network is { } network)
            {
                claims.Brought[network]--;
            }
        }

        uncommitted.Clear();
    }

    /// <summary>Deletes the claims of earlier days on the disk, in the transaction.</summary>
    public void Delete(DateOnly firstKept) => delete.Bind(1, firstKept).Run();

    /// <summary>Forgets the claims of earlier days, once their deletion has been committed.</summary>
    public void Forget(DateOnly firstKept)
    {
        foreach (var day in days.Keys.Where(day => day < firstKept).ToList())
        {
            days.Remove(day);
        }
    }

    private void Add(DateOnly day, ClaimEntry entry) => uncommitted.Add((day, entry, Note(ClaimsOf(day), entry)));

    private DayClaims ClaimsOf(DateOnly day)
    {
        if (!days.TryGetValue(day, out var claims))
        {
            claims = new DayClaims([], []);
            days.Add(day, claims);
        }

        return claims;
    }

    /// <returns>When the visitor was counted before, if at all.</returns>
    private static long? Note(DayClaims claims, ClaimEntry entry)
    {
        if (entry.Address is { } address)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(claims.Brought, address, out _)++;
        }

        if (entry.Network is { } network)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(claims.Brought, network, out _)++;
        }

        ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(claims.Counted, entry.Visitor, out var isKnown);
        long? before = isKnown ? counted : null;
        counted = entry.CountedAt;
        return before;
    }

    private sealed record DayClaims(Dictionary<Pseudonym, long> Counted, Dictionary<Pseudonym, int> Brought);
}
