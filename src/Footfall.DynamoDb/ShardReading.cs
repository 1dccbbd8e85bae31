using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>What was read of a counter's shard, or of several together.</summary>
internal sealed class ShardReading
{
    public Tally Total { get; private set; }

    /// <summary>Over how many shards the counter is spread, as shard 0 says.</summary>
    public int Spread { get; set; } = 1;

    /// <summary>In their order; days without a request are left out.</summary>
    public SortedDictionary<DateOnly, Tally> Days { get; } = [];

    public Tally SumOfDays => Days.Values.Aggregate(default(Tally), static (sum, day) => sum + day);

    public void AddTotal(Tally tally) => Total += tally;

    public void AddDay(DateOnly day, Tally tally) => Days[day] = Days.GetValueOrDefault(day) + tally;

    public void Add(ShardReading other)
    {
        AddTotal(other.Total);
        foreach (var (day, tally) in other.Days)
        {
            AddDay(day, tally);
        }
    }
}
