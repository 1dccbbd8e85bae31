namespace Footfall.Sqlite;

/// <summary>The database's tables, and the rule that a file is used only by a program that knows its version.</summary>
internal static class Schema
{
    public const int Version = 2;

    /// <summary>"Foot" in ASCII: marks the file as Footfall's, so that no other program's file is written to.</summary>
    public const int ApplicationId = 0x466F6F74;

    private const string Tables = """
        -- Requests by outcome, of all time.
        CREATE TABLE totals (
          counter TEXT PRIMARY KEY,
          visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
          opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- The same by UTC day.
        CREATE TABLE days (
          counter TEXT, day TEXT,
          visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
          opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL,
          PRIMARY KEY (counter, day)
        ) STRICT, WITHOUT ROWID;

        -- Who was counted when, in 100 ns since 0001-01-01 UTC, in the order of it: a visitor's last row holds. The
        -- address stands in the first of a visitor's rows of a day. No id comes twice, so that a process can ask for
        -- the rows after the last that it knows.
        CREATE TABLE claims (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          day TEXT NOT NULL, visitor BLOB NOT NULL, address BLOB, counted_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE salts (day TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """;

    // Since version 2.
    private const string TransferTables = """
        -- The name of this ledger: one row.
        CREATE TABLE ledger (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        INSERT INTO ledger (id) VALUES (lower(hex(randomblob(16))));

        -- The ledgers whose counts were taken over, each with the one whose import brought it.
        CREATE TABLE merged (id TEXT PRIMARY KEY, via TEXT NOT NULL) STRICT, WITHOUT ROWID;

        -- What has been taken over from each; the day is empty for what belongs to none.
        CREATE TABLE imported (
          source TEXT, counter TEXT, day TEXT,
          visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
          opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL,
          PRIMARY KEY (source, counter, day)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Refuses a file that is another program's or a newer program's; changes nothing.</summary>
    /// <exception cref="SqliteStoreException">It is one of these.</exception>
    public static void Check(Connection connection, string path)
    {
        var version = connection.QueryInteger("PRAGMA user_version");
        var isOurs = connection.QueryInteger("PRAGMA application_id") == ApplicationId;
        if (!isOurs && (version != 0 || connection.QueryInteger("SELECT count(*) FROM sqlite_schema") != 0))
        {
            throw new SqliteStoreException(
                $"The database {path} belongs to another program. Choose another place for Footfall's.");
        }

        if (version > Version)
        {
            throw new SqliteStoreException(
                $"The database {path} has schema version {version}; this program knows versions up to {Version}. "
                + "Run the newer program that made it.");
        }
    }

    /// <summary>Makes the tables that are missing. Call inside a transaction that holds the write lock.</summary>
    public static void Create(Connection connection)
    {
        var found = connection.QueryInteger("PRAGMA user_version");
        if (found < 1)
        {
            connection.Execute(Tables);
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
        }

        if (found < 2)
        {
            connection.Execute(TransferTables);
            connection.Execute($"PRAGMA user_version = {Version}");
        }
    }
}
