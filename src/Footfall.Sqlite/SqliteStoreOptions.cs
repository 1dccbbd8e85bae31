namespace Footfall.Sqlite;

/// <summary>What an owner may choose of a database.</summary>
public sealed record SqliteStoreOptions
{
    public const int DefaultDailyVisitors = 1_000_000;
    public const int MaxDailyVisitors = 100_000_000;

    /// <summary>
    /// How many visitors of one UTC day, over all counters, are remembered: 1 to 10⁸. A newcomer beyond is limited. Each
    /// takes up to 100 bytes of memory for two days.
    /// </summary>
    public int DailyVisitors { get; init; } = DefaultDailyVisitors;

    /// <summary>
    /// Is told what an owner should know and no request fails by. From any thread; the same text may come many times.
    /// </summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>How long a request waits for a lock of another program's before it is refused.</summary>
    internal TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
