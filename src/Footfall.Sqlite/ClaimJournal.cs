using System.Buffers;
using System.Globalization;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// Who has been counted: on the disk a row for each group and day, and in memory by their hashes, which would be a page
/// each on the disk. See docs/decisions/0002-sqlite-group-commit.md.
/// </summary>
/// <remarks>Used by the writer's thread alone.</remarks>
internal sealed class ClaimJournal(Connection connection, Action<string> warn)
{
    /// <summary>How many rows are deleted in one transaction: few, so that requests wait for no more than these.</summary>
    private const int DeletedAtOnce = 1_000;

    private readonly Dictionary<DateOnly, DayClaims> days = [];
    private readonly List<(DateOnly Day, ClaimEntry Entry, long Before)> uncommitted = [];
    private readonly List<ClaimEntry> read = [];
    private readonly ArrayBufferWriter<byte> row = new();

    private readonly Statement findLater = connection.Prepare(
        "SELECT id, day, entries FROM claims WHERE id > ?1 ORDER BY id");

    private readonly Statement add = connection.Prepare("INSERT INTO claims (day, entries) VALUES (?1, ?2)");

    private readonly Statement deleteSome = connection.Prepare($"""
        DELETE FROM claims WHERE id IN (
          SELECT id FROM claims WHERE day < ?1 OR day > ?2 ORDER BY id LIMIT {DeletedAtOnce})
        """);

    private long lastId;

    /// <summary>Takes in what other processes have added. The transaction must hold the write lock.</summary>
    public void CatchUp()
    {
        findLater.Bind(1, lastId);
        try
        {
            while (findLater.Step())
            {
                TakeIn(findLater);
                lastId = findLater.Integer(0);
            }
        }
        finally
        {
            findLater.Reset();
        }
    }

    /// <summary>The day's claims; null when it has none.</summary>
    public DayClaims? Find(DateOnly day) => days.GetValueOrDefault(day);

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

    /// <summary>Writes what was added, in the transaction.</summary>
    public void Write()
    {
        foreach (var day in uncommitted.GroupBy(added => added.Day))
        {
            row.ResetWrittenCount();
            foreach (var (_, entry, _) in day)
            {
                entry.Write(row);
            }

            add.Bind(1, day.Key).Bind(2, row.WrittenSpan).Run();
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
            days[day].Undo(entry, before);
        }

        uncommitted.Clear();
    }

    /// <summary>Whether there are claims of other days.</summary>
    public bool HasOthersThan(KeptDays kept) => days.Keys.Any(day => !kept.Contain(day));

    /// <summary>Deletes some claims of other days on the disk, in the transaction.</summary>
    /// <returns>Whether these were the last.</returns>
    public bool DeleteSome(KeptDays kept)
    {
        deleteSome.Bind(1, kept.First).Bind(2, kept.Last).Run();
        return connection.Changes < DeletedAtOnce;
    }

    /// <summary>Forgets the claims of other days, once the last have been deleted and that is committed.</summary>
    public void Forget(KeptDays kept)
    {
        foreach (var day in days.Keys.Where(day => !kept.Contain(day)).ToList())
        {
            days.Remove(day);
        }
    }

    private void Add(DateOnly day, ClaimEntry entry) => uncommitted.Add((day, entry, ClaimsOf(day).Note(entry)));

    // A row that is damaged is left out whole: its visitors may be counted again, and everybody else is counted.
    private void TakeIn(Statement found)
    {
        read.Clear();
        try
        {
            var day = found.Day(1);
            var rest = found.Blob(2);
            while (!rest.IsEmpty)
            {
                read.Add(ClaimEntry.Take(ref rest));
            }

            var claims = ClaimsOf(day);
            read.ForEach(entry => claims.Note(entry));
        }
        catch (FormatException damage)
        {
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {found.Integer(0)} of the table claims is damaged ({damage.Message}): who was counted by it may "
                + $"be counted again."));
        }
    }

    private DayClaims ClaimsOf(DateOnly day)
    {
        if (!days.TryGetValue(day, out var claims))
        {
            claims = new DayClaims();
            days.Add(day, claims);
        }

        return claims;
    }
}
