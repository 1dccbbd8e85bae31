using System.Globalization;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// The writing side of the database: what may be done inside a transaction, in prepared statements. Used by one thread.
/// </summary>
internal sealed partial class Writer : IDisposable
{
    private readonly Connection connection;
    private readonly Dictionary<string, CounterSheet> sheets = new(StringComparer.Ordinal);

    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement findVersion;
    private readonly Statement touch;
    private readonly Statement addToTotal;
    private readonly Statement addToDay;
    private readonly Statement addToSource;
    private readonly Statement addSalt;
    private readonly Statement findSalt;
    private readonly Statement deleteSalts;
    private readonly ClaimJournal claims;
    private readonly ImportStatements imports;
    private readonly OwnerStatements owners;
    private readonly SqliteStoreOptions options;
    private bool isLogDue;

    /// <param name="connection">Owned and disposed by the writer.</param>
    public Writer(Connection connection, SqliteStoreOptions options)
    {
        this.connection = connection;
        this.options = options;
        begin = connection.Prepare("BEGIN IMMEDIATE");
        commit = connection.Prepare("COMMIT");
        rollback = connection.Prepare("ROLLBACK");
        findVersion = connection.Prepare("PRAGMA user_version");
        touch = connection.Prepare("UPDATE ledger SET id = id");
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
        addToSource = connection.Prepare("""
            INSERT INTO sources (counter, day, source, visits) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET visits = visits + ?4
            """);
        addSalt = connection.Prepare("INSERT INTO salts (day, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        findSalt = connection.Prepare("SELECT value FROM salts WHERE day = ?1");
        deleteSalts = connection.Prepare("DELETE FROM salts WHERE day < ?1 OR day > ?2");
        claims = new ClaimJournal(connection, options.Warn);
        imports = new ImportStatements(connection);
        owners = new OwnerStatements(connection);
    }

    /// <summary>Begins a transaction and takes the write lock.</summary>
    /// <exception cref="FileChangedException">The file is not the one, or not of the kind, that was opened.</exception>
    public void Begin()
    {
        sheets.Clear();
        begin.Run();
        RequireSameFile();
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

            foreach (var ((day, source), visits) in sheet.Sources)
            {
                addToSource.Bind(1, sheet.Counter).Bind(2, day).Bind(3, source.Name).Bind(4, visits).Run();
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
        return new PendingReceipt(outcome, sheet);
    }

    public PendingReceipt Claim(VisitorClaim claim)
    {
        var today = claims.Find(claim.Day);
        var counted = today?.CountedAt(claim.Visitor) ?? 0;
        var countedYesterday = claim.VisitorYesterday is { } visitor
            ? claims.Find(claim.Day.AddDays(-1))?.CountedAt(visitor) ?? 0
            : 0;
        if (Math.Max(counted, countedYesterday) > claim.WindowStart.UtcTicks)
        {
            return Add(claim.Counter, claim.Day, Outcome.Repeat);
        }

        var isFirst = counted == 0;
        if (isFirst && today is not null && IsOverLimit(claim, today))
        {
            return Add(claim.Counter, claim.Day, Outcome.Limited);
        }

        claims.Add(claim, isFirst);
        SheetOf(claim.Counter).AddSource(claim.Day, claim.Source, visits: 1);
        return Add(claim.Counter, claim.Day, Outcome.Visit, newVisitor: isFirst);
    }

    /// <summary>The day's salt: the stored one, or the candidate if there is none.</summary>
    public Salt GetOrAddSalt(DateOnly day, Salt candidate)
    {
        addSalt.Bind(1, day).Bind(2, candidate.Bytes).Run();
        return findSalt.Bind(1, day).Find(row => row.Salt(0, day)) ?? candidate;
    }

    /// <summary>Writes what is there already, so that committing proves that the database takes writes.</summary>
    public void Touch() => touch.Run();

    /// <summary>
    /// Deletes salts and claims of other days, not all at once, and what is left of them in the write-ahead log.
    /// </summary>
    /// <returns>Whether nothing is left to delete.</returns>
    public bool Purge(KeptDays kept)
    {
        Begin();
        var isLast = true;
        deleteSalts.Bind(1, kept.First).Bind(2, kept.Last).Run();
        isLogDue |= connection.Changes > 0;
        if (claims.HasOthersThan(kept))
        {
            isLast = claims.DeleteSome(kept);
            isLogDue = true;
        }

        Commit();
        if (isLast)
        {
            claims.Forget(kept);
            ClearLog();
        }

        return isLast;
    }

    public void Dispose() => connection.Dispose();

    // Whoever has the file open goes on with it when it is deleted or another is put in its place, and would count where
    // nobody looks. And a newer program may have made another of it.
    private void RequireSameFile()
    {
        if (connection.HasMoved)
        {
            throw new FileChangedException(
                "was deleted or replaced while it was open. Put it back where it was, or start Footfall again");
        }

        if (findVersion.FindInteger() is var version && version != Schema.Version)
        {
            throw new FileChangedException(string.Create(
                CultureInfo.InvariantCulture,
                $"has schema version {version} now; this program knows {Schema.Version}. Another program has changed it: "
                + $"stop this one and run that"));
        }
    }

    private bool IsOverLimit(VisitorClaim claim, DayClaims today) =>
        today.Brought(claim.Address) >= claim.Rules.AddressLimit
        || (claim.Network is { } network && today.Brought(network) >= claim.Rules.NetworkLimit)
        || IsFull(today);

    private bool IsFull(DayClaims today)
    {
        if (today.Visitors < options.DailyVisitors)
        {
            return false;
        }

        options.Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"More than {options.DailyVisitors} visitors in a day: further ones are limited, as the memory for them is."));
        return true;
    }

    // Not while another program reads from the log: waiting for it would hold up all requests. The next purge tries again.
    private void ClearLog()
    {
        if (isLogDue && connection.TryTruncateLog(options.BusyTimeout))
        {
            isLogDue = false;
        }
    }

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
        var total = BindTally(addToTotal, sheet.Sum, sheet.Counter).Find(row => row.TallyAsItIs());
        sheet.Before = total.IsStorable
            ? total - sheet.Sum
            : throw new OverflowException(string.Create(
                CultureInfo.InvariantCulture,
                $"A number of the counter {sheet.Counter} would not be from 0 to {Tally.MaxCount}, what is kept."));
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
