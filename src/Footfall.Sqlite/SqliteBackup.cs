using SQLitePCL;

namespace Footfall.Sqlite;

/// <summary>
/// Copies a database while it is counted into, by SQLite's own online backup (https://sqlite.org/backup.html). The copy
/// is of one moment, is one file, and has no salts and no claims: it may be kept, and they may not.
/// </summary>
public static class SqliteBackup
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private const string Forget = "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM salts; DELETE FROM claims; VACUUM";

    static SqliteBackup() => Batteries_V2.Init();

    /// <param name="database">The database, which is there.</param>
    /// <param name="copy">An empty file, which only its owner may read.</param>
    /// <exception cref="SqliteStoreException">The database cannot be read, is not Footfall's, or the copy cannot be written.</exception>
    public static void Write(string database, string copy)
    {
        try
        {
            using (var source = Connection.Open(database, BusyTimeout))
            {
                Schema.Check(source, database);
            }

            using (var from = Open(database))
            using (var to = Open(copy))
            {
                CopyPages(from, to);
                Check(to, raw.sqlite3_exec(to, Forget));
            }

            using var written = Connection.Open(copy, BusyTimeout);
            if (written.QueryText("PRAGMA integrity_check") is not "ok" and var damage)
            {
                throw new SqliteStoreException($"The copy of {database} is damaged: {damage}. Look after the disk that it was written to.");
            }
        }
        catch (SqliteFailure failure)
        {
            throw new SqliteStoreException($"The database {database} cannot be copied: {failure.Message}.", failure);
        }
    }

    private static sqlite3 Open(string path)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE, vfs: null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteFailure(code, raw.sqlite3_errstr(code).utf8_to_string());
        }

        _ = raw.sqlite3_busy_timeout(handle, (int)BusyTimeout.TotalMilliseconds);
        return handle;
    }

    private static void CopyPages(sqlite3 from, sqlite3 to)
    {
        using var backup = raw.sqlite3_backup_init(to, "main", from, "main");
        if (backup is null || backup.IsInvalid)
        {
            throw Failure(to);
        }

        // All pages in one step, which sees one moment of the write-ahead log and keeps no writer waiting. Several steps
        // would begin anew whenever a visit is counted in between.
        const int AllPages = -1;
        if (raw.sqlite3_backup_step(backup, AllPages) != raw.SQLITE_DONE)
        {
            throw Failure(to);
        }
    }

    private static void Check(sqlite3 handle, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(handle);
        }
    }

    private static SqliteFailure Failure(sqlite3 handle) =>
        new(raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
}
