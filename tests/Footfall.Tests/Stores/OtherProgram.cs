using Microsoft.Data.Sqlite;

namespace Footfall.Tests.Stores;

/// <summary>The database through another client than the store's own: what another program sees and does.</summary>
public sealed class OtherProgram : IDisposable
{
    private readonly SqliteConnection connection;

    public OtherProgram(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
    }

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public object? Query(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public long Count(string table) => (long)Query($"SELECT count(*) FROM {table}")!;

    /// <summary>The claim of a newcomer, from an IPv6 network, is 57 bytes; a group's stand in one row.</summary>
    public long CountClaims() => (long)Query("SELECT coalesce(sum(length(entries)), 0) / 57 FROM claims")!;

    public void Dispose() => connection.Dispose();
}
