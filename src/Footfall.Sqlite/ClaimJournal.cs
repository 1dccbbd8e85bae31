using System.Runtime.InteropServices;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// Who has been counted: on the disk in the order of it, so that a whole group's claims are one page to write, and in
/// memory by their hashes, which would be a page each on the disk. See docs/decisions/0002-sqlite-group-commit.md.
/// </summary>
/// <remarks>Used by the writer's thread alone; about 120 bytes of memory a visitor, for two days.</remarks>
internal sealed class ClaimJournal(Connection connection)
{
    private readonly Dictionary<DateOnly, DayClaims> days = [];
    private readonly List<(DateOnly Day, Pseudonym Visitor, Pseudonym? Address, long? Before)> uncommitted = [];

    private readonly Statement findLater = connection.Prepare(
        "SELECT id, day, visitor, address, counted_at FROM claims WHERE id > ?1 ORDER BY id");

    private readonly Statement addFirst = connection.Prepare(
        "INSERT INTO claims (day, visitor, counted_at, address) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement addLater = connection.Prepare(
        "INSERT INTO claims (day, visitor, counted_at) VALUES (?1, ?2, ?3)");

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
                Pseudonym? address = findLater.Blob(3) is { IsEmpty: false } bytes ? Pseudonym.FromBytes(bytes) : null;
                Note(findLater.Day(1), Pseudonym.FromBytes(findLater.Blob(2)), address, findLater.Integer(4));
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

    /// <summary>How many distinct visitors the address has brought on that day.</summary>
    public int CountBrought(DateOnly day, Pseudonym address) =>
        days.TryGetValue(day, out var claims) ? claims.Brought.GetValueOrDefault(address) : 0;

    /// <summary>Notes that a visitor is counted, in the transaction.</summary>
    /// <param name="isFirst">Whether it is the visitor's first time on that day.</param>
    public void Add(VisitorClaim claim, bool isFirst)
    {
        var at = claim.At.UtcTicks;
        var statement = isFirst ? addFirst.Bind(4, claim.Address) : addLater;
        statement.Bind(1, claim.Day).Bind(2, claim.Visitor).Bind(3, at).Run();

        Pseudonym? address = isFirst ? claim.Address : null;
        uncommitted.Add((claim.Day, claim.Visitor, address, Note(claim.Day, claim.Visitor, address, at)));
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
            var (day, visitor, address, before) = uncommitted[index];
            var claims = days[day];
            if (before is { } at)
            {
                claims.Counted[visitor] = at;
            }
            else
            {
                claims.Counted.Remove(visitor);
            }

            if (address is { } brought)
            {
                claims.Brought[brought]--;
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

    /// <returns>When the visitor was counted before, if at all.</returns>
    private long? Note(DateOnly day, Pseudonym visitor, Pseudonym? address, long at)
    {
        if (!days.TryGetValue(day, out var claims))
        {
            claims = new DayClaims([], []);
            days.Add(day, claims);
        }

        if (address is { } brought)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(claims.Brought, brought, out _)++;
        }

        ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(claims.Counted, visitor, out var isKnown);
        long? before = isKnown ? counted : null;
        counted = at;
        return before;
    }

    private sealed record DayClaims(Dictionary<Pseudonym, long> Counted, Dictionary<Pseudonym, int> Brought);
}
