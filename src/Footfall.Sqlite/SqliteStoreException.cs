namespace Footfall.Sqlite;

/// <summary>
/// A database that cannot be opened: its place cannot be written, it is not one, it is damaged, locked, or from a
/// newer version. The message is one sentence or two for the owner, with the path and the way out.
/// </summary>
public sealed class SqliteStoreException : Exception
{
    public SqliteStoreException()
    {
    }

    public SqliteStoreException(string message)
        : base(message)
    {
    }

    public SqliteStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
