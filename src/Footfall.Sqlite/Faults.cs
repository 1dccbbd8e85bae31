using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>What a failure in the database means for the caller: one rule for readings and recordings.</summary>
internal static class Faults
{
    /// <param name="path">The database, for the message.</param>
    public static Exception Of(string path, Exception failure) => failure switch
    {
        StoreUnavailableException or Transfer.TransferException => failure,
        SqliteFailure sqlite => new StoreUnavailableException($"The database {path} {sqlite.Predicate}.", failure),
        FileChangedException => new StoreUnavailableException($"The database {path} {failure.Message}.", failure),
        FormatException => new StoreUnavailableException($"The database {path} is damaged: {failure.Message}.", failure),
        _ => new StoreUnavailableException($"The database {path} did not take the request: {failure.Message}", failure),
    };
}
