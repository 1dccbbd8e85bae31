using Footfall.Api;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Transfer;

namespace Footfall.Sqlite;

/// <summary>The reading side of the database. Safe for concurrent use: readings take turns.</summary>
internal sealed class Reader : IDisposable
{
    private const string TallyColumns = "visits, repeats, bots, prefetches, opted_outs, limited, visitors";

    // As Statement.Sources reads them.
    private const string SourcesOfDay =
        "(SELECT group_concat(source || '=' || visits, ';') FROM sources WHERE counter = days.counter AND day = days.day)";

    private readonly Lock gate = new();
    private readonly Connection connection;
    private readonly Statement findTotal;
    private readonly Statement findDays;
    private readonly Statement findSalt;
    private readonly Statement readAll;
    private readonly Statement readTaken;
    private readonly Statement readOrigin;
    private readonly Statement readLinks;
    private readonly Statement findLink;
    private readonly Statement readAdmitted;
    private readonly Statement findAdmitted;
    private readonly Statement findMark;

    /// <param name="connection">Owned and disposed by the reader.</param>
    public Reader(Connection connection)
    {
        this.connection = connection;
        findTotal = connection.Prepare($"SELECT {TallyColumns} FROM totals WHERE counter = ?1");
        findDays = connection.Prepare(
            $"SELECT {TallyColumns}, day, {SourcesOfDay} FROM days WHERE counter = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day");
        findSalt = connection.Prepare("SELECT value FROM salts WHERE day = ?1");
        readAll = connection.Prepare($"""
            SELECT {TallyColumns}, counter, day, {SourcesOfDay} FROM days
            UNION ALL SELECT {TallyColumns}, counter, day, NULL FROM imported WHERE day = ''
            """);
        readTaken = connection.Prepare($"""
            SELECT {TallyColumns}, counter, day, (
              SELECT group_concat(source || '=' || visits, ';') FROM imported_sources
              WHERE ledger = ?1 AND counter = imported.counter AND day = imported.day)
            FROM imported WHERE source = ?1
            """);
        readOrigin = connection.Prepare("SELECT id, '' FROM ledger UNION ALL SELECT id, via FROM merged");
        readLinks = connection.Prepare("SELECT key, name, created FROM links ORDER BY key");
        findLink = connection.Prepare("SELECT 1 FROM links WHERE key = ?1");
        readAdmitted = connection.Prepare($"""
            SELECT key FROM admitted WHERE family = ?1
            UNION SELECT key FROM admitted WHERE family = '{OwnerStatements.Imported}' AND substr(key, 1, length(?2)) = ?2
            ORDER BY key
            """);
        findAdmitted = connection.Prepare(OwnerStatements.IsAdmitted);
        findMark = connection.Prepare("SELECT value FROM marks WHERE name = ?1");
    }

    public Tally ReadTotal(string counter) =>
        Read(findTotal, query => query.Bind(1, counter), row => row.Tally()).FirstOrDefault();

    public DailyTallies ReadDaily(string counter, DateOnly from, DateOnly to)
    {
        lock (gate)
        {
            // Two queries of one moment.
            connection.Execute("BEGIN");
            try
            {
                var days = Read(
                    findDays,
                    query => query.Bind(1, counter).Bind(2, from).Bind(3, to),
                    row => new DailyTally(row.Day(7), row.Tally(), row.Sources(8)));
                return new(days, ReadTotal(counter));
            }
            finally
            {
                connection.Execute("COMMIT");
            }
        }
    }

    public Salt? FindSalt(DateOnly day) =>
        Read(findSalt, query => query.Bind(1, day), row => row.Salt(0, day)).FirstOrDefault();

    /// <summary>Every counter's days, and what was imported without one.</summary>
    public IReadOnlyList<LedgerEntry> ReadAll() => Read(readAll, _ => { }, ReadEntry);

    /// <summary>What was imported from another ledger.</summary>
    public IReadOnlyList<LedgerEntry> ReadTaken(string source) =>
        Read(readTaken, query => query.Bind(1, source), ReadEntry);

    public LedgerOrigin ReadOrigin()
    {
        var rows = Read(readOrigin, _ => { }, row => new MergedLedger(row.Text(0), row.Text(1)));
        var own = rows.FindAll(row => row.Via.Length == 0);
        return new(
            own.Count == 1 ? own[0].Id : throw Damage.NoName(),
            [.. rows.Where(row => row.Via.Length > 0).OrderBy(row => row.Id, StringComparer.Ordinal)]);
    }

    public IReadOnlyList<Link> ReadLinks() =>
        Read(readLinks, _ => { }, row => new Link(row.Text(0), row.Text(1), row.Day(2)));

    public bool HasLink(string key) => Has(findLink, query => query.Bind(1, key));

    public IReadOnlyList<string> ReadAdmitted(string family) =>
        Read(readAdmitted, query => query.Bind(1, family).Bind(2, CounterKeys.PrefixOf(family)), row => row.Text(0));

    public bool IsAdmitted(string family, string key) => Has(findAdmitted, query => query.Bind(1, family).Bind(2, key));

    public string? FindMark(string name) =>
        Read(findMark, query => query.Bind(1, name), row => row.Text(0)).FirstOrDefault();

    public void Dispose()
    {
        lock (gate)
        {
            connection.Dispose();
        }
    }

    private bool Has(Statement query, Action<Statement> bind) => Read(query, bind, row => row.Integer(0)).Count > 0;

    private List<T> Read<T>(Statement query, Action<Statement> bind, Func<Statement, T> read)
    {
        lock (gate)
        {
            try
            {
                bind(query);
                var rows = new List<T>();
                while (query.Step())
                {
                    rows.Add(read(query));
                }

                return rows;
            }
            finally
            {
                // An open query would keep the write-ahead log from being cut.
                query.Reset();
            }
        }
    }

    private static LedgerEntry ReadEntry(Statement row) =>
        new(row.Text(7), row.Text(8).Length == 0 ? null : row.Day(8), row.Tally(), row.Sources(9));
}
