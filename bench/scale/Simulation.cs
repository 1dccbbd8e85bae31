using Footfall.Counting;
using Footfall.DynamoDb;

namespace Footfall.ScaleBench;

/// <summary>
/// Visits of newcomers, each from an address of its own, arrive at random moments (a Poisson process) and are recorded by
/// the real store, in as many instances as are busy at once: as on Lambda, one has one visit at a time.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const string Counter = "/";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    private readonly SimulatedTime time = new();
    private readonly SimulatedDynamoDb dynamoDb;
    private readonly Random random;
    private readonly DynamoDbStoreOptions options;
    private readonly double rate;
    private readonly Stack<DynamoDbVisitStore> idle = new();
    private readonly List<TimeSpan> latencies = [];
    private ulong drawn;
    private int instances;
    private int arrived;
    private int unavailable;
    private Usage before = new();

    private Simulation(int shards, double rate, TimeSpan transaction)
    {
        this.rate = rate;
        random = new Random(shards);
        dynamoDb = new SimulatedDynamoDb(time, transaction);
        options = new DynamoDbStoreOptions { TableName = "simulated", Shards = shards };
    }

    /// <param name="rate">Visits a second.</param>
    /// <param name="transaction">How long a transaction holds its items.</param>
    public static Result Run(int shards, double rate, TimeSpan transaction)
    {
        using var simulation = new Simulation(shards, rate, transaction);
        simulation.Arrive();
        simulation.time.Plan(WarmUp, () => simulation.before = simulation.dynamoDb.Usage with { });
        simulation.time.Run();
        return simulation.Summarise();
    }

    public void Dispose() => dynamoDb.Dispose();

    private void Arrive()
    {
        if (time.Elapsed >= WarmUp + Measured)
        {
            return;
        }

        _ = VisitAsync();
        time.Plan(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / rate), Arrive);
    }

    private async Task VisitAsync()
    {
        var start = time.Elapsed;
        var isMeasured = start >= WarmUp;
        arrived += isMeasured ? 1 : 0;
        if (!idle.TryPop(out var store))
        {
            instances++;
            store = new DynamoDbVisitStore(dynamoDb, options, time, random, time);
        }

        try
        {
            await store.ClaimAsync(Newcomer(), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            unavailable += isMeasured ? 1 : 0;
        }

        idle.Push(store);
        if (isMeasured)
        {
            latencies.Add(time.Elapsed - start);
        }
    }

    private VisitorClaim Newcomer() => new()
    {
        Counter = Counter,
        At = time.GetUtcNow(),
        Visitor = Draw(),
        Address = Draw(),
        Rules = new VisitRules(),
    };

    private Pseudonym Draw() => new(drawn++);

    private Result Summarise()
    {
        latencies.Sort();
        var usage = dynamoDb.Usage;
        var transactions = usage.Transactions - before.Transactions;
        return new Result(
            options.Shards,
            rate,
            (double)unavailable / arrived,
            (double)transactions / arrived,
            (double)(usage.Conflicts - before.Conflicts) / transactions,
            (double)(usage.Throttled - before.Throttled) / transactions,
            latencies[latencies.Count / 2],
            latencies[latencies.Count * 99 / 100],
            (usage.WriteUnits - before.WriteUnits) / arrived,
            (usage.ReadUnits - before.ReadUnits) / arrived,
            instances);
    }
}
