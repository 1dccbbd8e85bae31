using SQLitePCL;

namespace Footfall.Sqlite;

/// <summary>A call that SQLite answered with an error; never leaves this assembly.</summary>
/// <param name="extendedCode">SQLite's extended result code.</param>
/// <param name="message">SQLite's own message.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1032:Implement standard exception constructors", Justification = "Always has its code.")]
internal sealed class SqliteFailure(int extendedCode, string message)
    : Exception($"{message} (SQLite error {extendedCode})")
{
    /// <summary>The primary result code: the low byte of the extended one.</summary>
    public int Code => extendedCode & 0xff;

    /// <summary>Whether another connection held the lock for longer than the busy timeout.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>What is the matter, to follow "the database PATH": "is locked by another program".</summary>
    public string Predicate => Code switch
    {
        raw.SQLITE_FULL => "could not grow: the disk, or the quota on it, is full",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is locked by another program",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "cannot be written to",
        raw.SQLITE_CANTOPEN => "cannot be opened",
        raw.SQLITE_IOERR => "could not be read or written: the disk reports an error, or is full",
        raw.SQLITE_CORRUPT => "is damaged",
        raw.SQLITE_NOTADB => "is not a SQLite database",
        _ => "refused the request",
    };
}
