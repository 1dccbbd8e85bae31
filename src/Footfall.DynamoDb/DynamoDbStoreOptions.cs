namespace Footfall.DynamoDb;

/// <summary>What an owner may choose of a <see cref="DynamoDbVisitStore"/>.</summary>
public sealed record DynamoDbStoreOptions
{
    public const int DefaultShards = 1;
    public const int MaxShards = 256;

    public static readonly TimeSpan DefaultTimeBudget = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan MinTimeBudget = TimeSpan.FromMilliseconds(100);

    /// <summary>Far below the ten minutes for which DynamoDB knows a request's token again.</summary>
    public static readonly TimeSpan MaxTimeBudget = TimeSpan.FromMinutes(1);

    public required string TableName { get; init; }

    /// <summary>
    /// Over how many partition keys each counter is spread: 1 to 256. Transactions on one item at one moment conflict, so
    /// a counter with more than some fifty visits a second wants more (docs/benchmarks.md says how many carry what); each
    /// further one adds a read unit to every visit. May be changed at any time, and instances may differ: whatever shards
    /// there are, are summed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public int Shards
    {
        get;
        init => field = value is >= 1 and <= MaxShards
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Shards are 1 to {MaxShards}.");
    } = DefaultShards;

    /// <summary>
    /// How long one call may try, retries included, before the store counts as unavailable: 100 ms to one minute. It
    /// belongs below the time-out of whoever waits for the answer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter or longer.</exception>
    public TimeSpan TimeBudget
    {
        get;
        init => field = value >= MinTimeBudget && value <= MaxTimeBudget
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time budget is 0.1 to 60 seconds.");
    } = DefaultTimeBudget;
}
