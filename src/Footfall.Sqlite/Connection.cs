using SQLitePCL;

namespace Footfall.Sqlite;

/// <summary>One SQLite connection; used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 handle;
    private readonly List<sqlite3_stmt> statements = [];

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    /// <summary>Whether a transaction is open. SQLite itself ends it after some errors.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The id of the row that was last inserted into a table with such ids.</summary>
    public long LastInsertId => raw.sqlite3_last_insert_rowid(handle);

    /// <param name="busyTimeout">How long a call waits for another connection's lock before it fails.</param>
    /// <exception cref="SqliteFailure">The file cannot be opened or made.</exception>
    public static Connection Open(string path, TimeSpan busyTimeout)
    {
        // Each connection has one user at a time, so it needs no mutex of its own.
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, Flags, vfs: null);
        if (code != raw.SQLITE_OK)
        {
            var failure = new SqliteFailure(code, raw.sqlite3_errstr(code).utf8_to_string());
            handle?.Dispose();
            throw failure;
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        var connection = new Connection(handle);
        connection.WaitWhenBusy(busyTimeout);
        return connection;
    }

    /// <summary>Sets how long a call waits from now on for another connection's lock before it fails.</summary>
    public void WaitWhenBusy(TimeSpan timeout) =>
        _ = raw.sqlite3_busy_timeout(handle, (int)timeout.TotalMilliseconds);

    /// <summary>Runs statements that take and return nothing, separated by semicolons.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public long QueryInteger(string sql) => Prepare(sql).FindInteger() ?? 0;

    public string? QueryText(string sql) => Prepare(sql).FindText();

    /// <summary>A statement to be run many times; it lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        statements.Add(statement);
        return new Statement(this, statement);
    }

    /// <summary>Moves the whole write-ahead log into the database file and cuts the log to nothing.</summary>
    /// <exception cref="SqliteFailure">Also while another connection reads from the log.</exception>
    public void TruncateLog() =>
        Check(raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));

    public void Dispose()
    {
        statements.ForEach(statement => statement.Dispose());
        handle.Dispose();
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteFailure(
                raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
        }
    }
}
