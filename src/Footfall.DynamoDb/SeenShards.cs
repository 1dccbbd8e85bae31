using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// What one counter's shards held when this instance last read each, for receipts while DynamoDB throttles their reading.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// A receipt reads every shard, so each partition key is read once for every visit, and takes 3,000 read units a second.
/// Beyond that a receipt shows less than there is, by what others have counted in the last second or so; never more, since
/// totals only grow, and never without its own visit.
/// </remarks>
internal sealed class SeenShards(TimeProvider clock)
{
    private static readonly TimeSpan PauseAfterThrottling = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<int, Tally> totals = [];
    private long? throttledAt;

    /// <summary>Whether reading all of them would only be throttled again.</summary>
    public bool IsThrottled
    {
        get
        {
            lock (gate)
            {
                return throttledAt is { } at && clock.GetElapsedTime(at) < PauseAfterThrottling;
            }
        }
    }

    public void Remember(int shard, Tally total)
    {
        lock (gate)
        {
            totals[shard] = Tally.Max(totals.GetValueOrDefault(shard), total);
        }
    }

    public void RememberThrottled()
    {
        lock (gate)
        {
            throttledAt = clock.GetTimestamp();
        }
    }

    /// <summary>Whether each of the first so many shards has been read.</summary>
    public bool KnowsAll(int shards)
    {
        lock (gate)
        {
            return Enumerable.Range(0, shards).All(totals.ContainsKey);
        }
    }

    public Tally Sum()
    {
        lock (gate)
        {
            return totals.Values.Aggregate(default(Tally), static (sum, total) => sum + total);
        }
    }
}
