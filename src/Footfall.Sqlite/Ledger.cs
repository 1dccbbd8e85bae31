using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// The writing side of the database: what may be done inside a transaction, in prepared statements. Used by one thread.
/// </summary>
internal sealed partial class Ledger : IDisposable
{
    private readonly Connection connection;
    private readonly Dictionary<string, CounterSheet> sheets = new(StringComparer.Ordinal);

    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement rewriteVersion;
    private readonly Statement addToTotal;
    private readonly Statement addToDay;
    private readonly Statement addSalt;
    private readonly Statement findSalt;
    private readonly Statement deleteSalts;
    private readonly ClaimJournal claims;
    private readonly ImportStatements imports;

    /// <param name="connection">Owned and disposed by the ledger.</param>
    public Ledger(Connection connection)
    {
        this.connection = connection;
        begin = connection.Prepare("BEGIN IMMEDIATE");
        commit = connection.Prepare("COMMIT");
        rollback = connection.Prepare("ROLLBACK");
        rewriteVersion = connection.Prepare($"PRAGMA user_version = {Schema.Version}");
        addToTotal = connection.Prepare("""
            INSERT INTO totals (visits, repeats, bots, prefetches, opted_outs, limited, visitors, counter)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT DO UPDATE SET
              visits = visits + ?1, repeats = repeats + ?2, bots = bots + ?3, prefetches = prefetches + ?4,
              opted_outs = opted_outs + ?5, limited = limited + ?6, visitors = visitors + ?7
            RETURNING visits, repeats, bots, prefetches, opted_outs, limited, visitors
            """);
        addToDay = connection.Prepare("""
            INSERT INTO days (visits, repeats, bots, prefetches, opted_outs, limited, visitors, counter, day)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET
              visits = visits + ?1, repeats = repeats + ?2, bots = bots + ?3, prefetches = prefetches + ?4,
              opted_outs = opted_outs + ?5, limited = limited + ?6, visitors = visitors + ?7
            """);
        addSalt = connection.Prepare("INSERT INTO salts (day, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        findSalt = connection.Prepare("SELECT value FROM salts WHERE day = ?1");
        deleteSalts = connection.Prepare("DELETE FROM salts WHERE day < ?1");
        claims = new ClaimJournal(connection);
        imports = new ImportStatements(connection);
    }

    /// <summary>Begins a transaction and takes the write lock.</summary>
    public void Begin()
    {
        sheets.Clear();
        begin.Run();
        claims.CatchUp();
    }

    /// <summary>Writes the group's claims and tallies and makes the transaction durable; then receipts can be settled.</summary>
    public void Commit()
    {
        claims.Write();
        foreach (var sheet in sheets.Values)
        {
            WriteTotal(sheet);
            foreach (var (day, tally) in sheet.Days)
            {
                BindTally(addToDay, tally, sheet.Counter).Bind(9, day).Run();
            }
        }

        commit.Run();
        claims.Commit();
    }

    /// <summary>Undoes what was done since <see cref="Begin"/>, if SQLite has not done so itself.</summary>
    public void RollBack()
    {
        claims.RollBack();
        if (connection.InTransaction)
        {
            rollback.Run();
        }
    }

    public PendingReceipt Add(string counter, DateOnly day, Outcome outcome, bool newVisitor = false)
    {
        var sheet = SheetOf(counter);
        sheet.Add(day, Tally.Of(outcome, newVisitor));
        return new PendingReceipt(outcome, sheet, sheet.Sum.Visits, sheet.Sum.Visitors);
    }

    public PendingReceipt Claim(VisitorClaim claim)
    {
        var counted = claims.FindCounted(claim.Day, claim.Visitor);
        var yesterday = claim.VisitorYesterday is { } visitor
            ? claims.FindCounted(claim.Day.AddDays(-1), visitor)
            : null;
        var windowStart = claim.WindowStart.UtcTicks;
        if (counted > windowStart || yesterday > windowStart)
        {
            return Add(claim.Counter, claim.Day, Outcome.Repeat);
        }

        var isFirst = counted is null;
        if (isFirst && IsOverLimit(claim))
        {
            return Add(claim.Counter, claim.Day, Outcome.Limited);
        }

        claims.Add(claim, isFirst);
        return Add(claim.Counter, claim.Day, Outcome.Visit, newVisitor: isFirst);
    }

    /// <summary>The day's salt: the stored one, or the candidate if there is none.</summary>
    public Salt GetOrAddSalt(DateOnly day, Salt candidate)
    {
        addSalt.Bind(1, day).Bind(2, candidate.Bytes).Run();
        return findSalt.Bind(1, day).Find(row => new Salt(row.Blob(0))) ?? candidate;
    }

    /// <summary>Writes what is there already, so that committing proves that the database takes writes.</summary>
    public void Touch() => rewriteVersion.Run();

    /// <summary>
    /// Deletes the salts and claims of the days before <paramref name="firstKept"/>, and what is left of them in the
    /// file and in the write-ahead log.
    /// </summary>
    public void Purge(DateOnly firstKept)
    {
        Begin();
        deleteSalts.Bind(1, firstKept).Run();
        claims.Delete(firstKept);
        Commit();
        claims.Forget(firstKept);
        connection.TruncateLog();
    }

    public void Dispose() => connection.Dispose();

    private bool IsOverLimit(VisitorClaim claim) =>
        claims.CountBrought(claim.Day, claim.Address) >= claim.Rules.AddressLimit
        || (claim.Network is { } network && claims.CountBrought(claim.Day, network) >= claim.Rules.NetworkLimit);

    private CounterSheet SheetOf(string counter)
    {
        if (!sheets.TryGetValue(counter, out var sheet))
        {
            sheet = new CounterSheet(counter);
            sheets.Add(counter, sheet);
        }

        return sheet;
    }

    private void WriteTotal(CounterSheet sheet)
    {
        var total = BindTally(addToTotal, sheet.Sum, sheet.Counter).Find(Reader.ReadTally);
        sheet.Before = total.IsStorable
            ? total - sheet.Sum
            : throw new OverflowException($"A number of counter {sheet.Counter} would go over {Tally.MaxCount}.");
    }

    private static Statement BindTally(Statement statement, in Tally tally, string counter) => statement
        .Bind(1, tally.Visits)
        .Bind(2, tally.Repeats)
        .Bind(3, tally.Bots)
        .Bind(4, tally.Prefetches)
        .Bind(5, tally.OptedOuts)
        .Bind(6, tally.Limited)
        .Bind(7, tally.Visitors)
        .Bind(8, counter);
}
