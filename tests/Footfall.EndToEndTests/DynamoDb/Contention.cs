using System.Globalization;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Many instances on one counter: transactions on one item conflict, and shards make them rarer.</summary>
public sealed class Contention(DynamoDbLocal local)
{
    private const int Instances = 8;
    private const int Visits = 400;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    // What a transaction of four items commonly takes in a region.
    private static readonly TimeSpan TransactionDuration = TimeSpan.FromMilliseconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hot_counter_stays_exact_and_shards_lower_its_rate_of_conflicts()
    {
        var rates = new List<double>();
        foreach (var shards in new[] { 1, 4, 16, 64 })
        {
            rates.Add(await RateOfConflictsAsync(shards));
        }

        Assert.True(rates[0] > 1.3 * rates[2], $"One shard {rates[0]:P0}, sixteen {rates[2]:P0}.");
        Assert.True(rates[1] > rates[3], $"Four shards {rates[1]:P0}, sixty-four {rates[3]:P0}.");
    }

    [Fact]
    public async Task Conflicts_that_do_not_end_are_unavailability_and_are_counted()
    {
        var proxy = new FaultProxy(await local.StartAsync(), _ => Fault.CancelledByConflict, TransactionDuration);
        await using var proxied = new ProxiedStore(
            proxy,
            await proxy.StartAsync(),
            new() { TableName = "any", TimeBudget = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));

        Assert.InRange(proxy.Requests, 2, 100);
        Assert.InRange(proxied.Store.Conflicts, 1, proxy.Requests);
    }

    private async Task<double> RateOfConflictsAsync(int shards)
    {
        var transactions = new TransactionTable(TransactionDuration);
        var proxy = new FaultProxy(await local.StartAsync(), _ => Fault.None, TransactionDuration)
        {
            Transactions = transactions,
        };
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(Cancellation),
            Shards = shards,
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        await using var proxied = new ProxiedStore(proxy, await proxy.StartAsync(), options);
        var stores = Enumerable.Range(0, Instances).Select(_ => proxied.Another(options)).ToList();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Visits),
            new ParallelOptions { MaxDegreeOfParallelism = Instances, CancellationToken = Cancellation },
            async (visit, cancellationToken) => await stores[visit % Instances].ClaimAsync(
                Visitors.Claim(visit.ToString(CultureInfo.InvariantCulture), Noon), cancellationToken));

        Assert.Equal(
            new Tally(Visits: Visits, Visitors: Visits), await proxied.Store.ReadTotalAsync("/", Cancellation));
        Assert.InRange(stores.Sum(store => store.Conflicts), 1, transactions.Conflicts);
        var rate = (double)transactions.Conflicts / transactions.Transactions;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{shards} shards, {Instances} instances at once, {TransactionDuration.TotalMilliseconds} ms a transaction: "
            + $"{transactions.Conflicts} conflicts in {transactions.Transactions} transactions ({rate:P1}) "
            + $"for {Visits} visits");
        return rate;
    }
}
