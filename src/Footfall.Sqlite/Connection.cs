using System.Runtime.InteropServices;
using SQLitePCL;

namespace Footfall.Sqlite;

/// <summary>One SQLite connection; used by one thread at a time.</summary>
internal sealed partial class Connection : IDisposable
{
    private readonly sqlite3 handle;
    private readonly List<sqlite3_stmt> statements = [];

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    /// <summary>Whether a transaction is open. SQLite itself ends it after some errors.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The id of the row that was last inserted into a table with such ids.</summary>
    public long LastInsertId => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>How many rows the last statement that writes has written or deleted.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>Whether the file is no longer where it was when it was opened; false where no system call says so.</summary>
    public bool HasMoved
    {
        get
        {
            const int FileHasMoved = 20;
            return FileControl(handle.DangerousGetHandle(), name: 0, FileHasMoved, out var hasMoved) == raw.SQLITE_OK
                && hasMoved != 0;
        }
    }

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

    /// <summary>
    /// Moves the whole write-ahead log into the database file and cuts the log to nothing, unless another connection
    /// reads from it: it is not waited for.
    /// </summary>
    /// <param name="busyTimeout">How long later calls wait again.</param>
    /// <returns>Whether it is done.</returns>
    public bool TryTruncateLog(TimeSpan busyTimeout)
    {
        WaitWhenBusy(TimeSpan.Zero);
        try
        {
            Check(raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));
            return true;
        }
        catch (SqliteFailure failure) when (failure.IsBusy)
        {
            return false;
        }
        finally
        {
            WaitWhenBusy(busyTimeout);
        }
    }

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

    // https://sqlite.org/c3ref/file_control.html: SQLITE_FCNTL_HAS_MOVED. The wrapper leaves this function out.
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    private static partial int FileControl(nint database, nint name, int operation, out int result);
}
