using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>What was read of a counter's shard, or of several together.</summary>
internal sealed class ShardReading
{
    public Tally Total { get; private set; }

    /// <summary>Over how many shards the counter is spread, as shard 0 says.</summary>
    public int Spread { get; set; } = 1;

    /// <summary>In their order; days without a request are left out.</summary>
    public SortedDictionary<DateOnly, DailyTally> Days { get; } = [];

    public Tally SumOfDays => Days.Values.Aggregate(default(Tally), static (sum, day) => sum + day.Tally);

    public void AddTotal(Tally tally) => Total += tally;

    public void AddDay(DailyTally day) => Days[day.Day] = Days.TryGetValue(day.Day, out var before)
        ? new(day.Day, before.Tally + day.Tally, before.Sources + day.Sources)
        : day;

    public void Add(ShardReading other)
    {
        AddTotal(other.Total);
        foreach (var day in other.Days.Values)
        {
            AddDay(day);
        }
    }
}
