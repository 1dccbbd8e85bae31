namespace Footfall.Sqlite;

/// <summary>The database's tables, and the rule that a file is used only by a program that knows its version.</summary>
internal static class Schema
{
    public const int Version = 5;

    /// <summary>"Foot" in ASCII: marks the file as Footfall's, so that no other program's file is written to.</summary>
    public const int ApplicationId = 0x466F6F74;

    // Who was counted when, in the order of it, a row for each transaction: see ClaimEntry. A visitor's last entry holds.
    // No id comes twice, so that a process can ask for the rows after the last that it knows.
    private const string Claims =
        "CREATE TABLE claims (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, entries BLOB NOT NULL) STRICT";

    private const string Tables = $"""
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

        {Claims};

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

    // Since version 5.
    private const string OwnerTables = """
        -- Where a day's visits came from: what was counted since there are sources.
        CREATE TABLE sources (
          counter TEXT, day TEXT, source TEXT, visits INTEGER NOT NULL,
          PRIMARY KEY (counter, day, source)
        ) STRICT, WITHOUT ROWID;

        -- The same of what was taken over from other ledgers.
        CREATE TABLE imported_sources (
          ledger TEXT, counter TEXT, day TEXT, source TEXT, visits INTEGER NOT NULL,
          PRIMARY KEY (ledger, counter, day, source)
        ) STRICT, WITHOUT ROWID;

        -- The addresses that the owner gave out. What came by them is in the counters of theirs.
        CREATE TABLE links (key TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL) STRICT, WITHOUT ROWID;

        -- The keys of families of counters that are counted.
        CREATE TABLE admitted (family TEXT, key TEXT, PRIMARY KEY (family, key)) STRICT, WITHOUT ROWID;

        -- What the owner was told.
        CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """;

    // Until version 2 each claim was a row.
    private const string GroupClaims = $"""
        ALTER TABLE claims RENAME TO single_claims;
        {Claims};
        INSERT INTO claims (id, day, entries)
          SELECT id, day, CAST(visitor || coalesce(address, zeroblob(16)) || unhex(format('%016x', counted_at)) AS BLOB)
          FROM single_claims;
        DROP TABLE single_claims;
        """;

    // Until version 3 an entry was 40 bytes: visitor, address or zeros, moment. What ClaimEntry reads is made of each,
    // a row for one.
    private const string VaryClaims = $"""
        ALTER TABLE claims RENAME TO even_claims;
        {Claims};
        WITH RECURSIVE single (id, place, day, entries) AS (
          SELECT id, 1, day, entries FROM even_claims WHERE length(entries) >= 40
          UNION ALL
          SELECT id, place + 40, day, entries FROM single WHERE place + 79 <= length(entries)
        )
        INSERT INTO claims (day, entries)
          SELECT day, CAST(
            CASE substr(entries, place + 16, 16)
              WHEN zeroblob(16) THEN x'00' || substr(entries, place, 16) || substr(entries, place + 32, 8)
              ELSE x'01' || substr(entries, place, 16) || substr(entries, place + 32, 8) || substr(entries, place + 16, 16)
            END AS BLOB)
          FROM single ORDER BY id, place;
        DROP TABLE even_claims;
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

        if (found is 1 or 2)
        {
            connection.Execute(GroupClaims);
        }

        if (found is > 0 and < 4)
        {
            connection.Execute(VaryClaims);
        }

        if (found < 2)
        {
            connection.Execute(TransferTables);
        }

        if (found < 5)
        {
            connection.Execute(OwnerTables);
        }

        if (found < Version)
        {
            connection.Execute($"PRAGMA user_version = {Version}");
        }
    }
}
