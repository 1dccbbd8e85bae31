using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Footfall.ScaleBench;

/// <summary>
/// DynamoDB as far as the store can tell: items by their keys, conditions, and what limits it (Developer Guide, "Best
/// practices for designing partition keys" and "Transactions: how it works"): 1,000 write and 3,000 read units a second for
/// each partition key, and no two transactions on one item at one moment.
/// </summary>
internal sealed class SimulatedDynamoDb(SimulatedTime time, TimeSpan transaction) : AmazonDynamoDBClient(
    new BasicAWSCredentials("none", "none"), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1" })
{
    private const double WriteUnits = 1_000;
    private const double ReadUnits = 3_000;
    private const int UnitsOfATransactedItem = 2;

    // From the function to the service in the same region, one way; and what reading takes there.
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<(string Partition, string Sort), Dictionary<string, AttributeValue>> items = [];
    private readonly HashSet<(string Partition, string Sort)> held = [];
    private readonly Dictionary<string, UnitBudget> writing = [];
    private readonly Dictionary<string, UnitBudget> reading = [];

    /// <summary>What has been used and refused since the start.</summary>
    public Usage Usage { get; } = new();

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        await time.Pass(Way);
        Usage.Transactions++;
        var writes = request.TransactItems.ConvertAll(item => new Write(item));
        if (Refuse(writes) is { } reasons)
        {
            await time.Pass(Way);
            throw new TransactionCanceledException("Simulated.") { CancellationReasons = reasons };
        }

        held.UnionWith(writes.Select(write => write.Key));
        await time.Pass(transaction);
        foreach (var write in writes)
        {
            held.Remove(write.Key);
            write.Apply(items);
        }

        await time.Pass(Way);
        return new();
    }

    public override async Task<UpdateItemResponse> UpdateItemAsync(
        UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        await time.Pass(Way + Reading + Way);
        var write = new Write(request);
        if (held.Contains(write.Key))
        {
            throw Failure("TransactionConflictException");
        }

        if (!TryTake(writing, write.Key.Partition, WriteUnits, 1))
        {
            throw Failure("ProvisionedThroughputExceededException");
        }

        if (!write.Holds(items))
        {
            throw new ConditionalCheckFailedException("Simulated.");
        }

        write.Apply(items);
        return new();
    }

    public override async Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default)
    {
        await time.Pass(Way + Reading);
        var isTaken = TryTake(reading, request.Key["pk"].S, ReadUnits, 1);
        await time.Pass(Way);
        return isTaken
            ? new() { Item = items.GetValueOrDefault(Write.KeyOf(request.Key)) ?? [] }
            : throw Failure("ProvisionedThroughputExceededException");
    }

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        await time.Pass(Way + Reading);
        var (table, keys) = request.RequestItems.Single();
        var found = new List<Dictionary<string, AttributeValue>>();
        var unprocessed = new List<Dictionary<string, AttributeValue>>();
        foreach (var key in keys.Keys)
        {
            if (!TryTake(reading, key["pk"].S, ReadUnits, 1))
            {
                unprocessed.Add(key);
            }
            else if (items.TryGetValue(Write.KeyOf(key), out var item))
            {
                found.Add(item);
            }
        }

        await time.Pass(Way);
        return unprocessed.Count == keys.Keys.Count
            ? throw Failure("ProvisionedThroughputExceededException")
            : new()
            {
                Responses = new() { [table] = found },
                UnprocessedKeys = unprocessed.Count == 0
                    ? []
                    : new() { [table] = new() { Keys = unprocessed, ConsistentRead = true } },
            };
    }

    /// <summary>Why a transaction is not carried out; null when it is.</summary>
    private List<CancellationReason>? Refuse(List<Write> writes)
    {
        var reasons = writes.ConvertAll(ReasonAgainst);
        if (reasons.TrueForAll(reason => reason.Code == "None"))
        {
            return null;
        }

        Usage.Conflicts += reasons.Exists(reason => reason.Code == "TransactionConflict") ? 1 : 0;
        Usage.Throttled += reasons.Exists(reason => reason.Code == "ThrottlingError") ? 1 : 0;
        Usage.ConditionsFailed += reasons.Exists(reason => reason.Code == "ConditionalCheckFailed") ? 1 : 0;
        return reasons;
    }

    private CancellationReason ReasonAgainst(Write write)
    {
        var units = UnitsOfATransactedItem * write.Blocks(items);
        if (held.Contains(write.Key))
        {
            return new() { Code = "TransactionConflict" };
        }

        if (!TryTake(writing, write.Key.Partition, WriteUnits, units))
        {
            return new() { Code = "ThrottlingError" };
        }

        return write.Holds(items)
            ? new() { Code = "None" }
            : new() { Code = "ConditionalCheckFailed", Item = items.GetValueOrDefault(write.Key) ?? [] };
    }

    private bool TryTake(Dictionary<string, UnitBudget> budgets, string partition, double unitsPerSecond, double units)
    {
        if (!budgets.TryGetValue(partition, out var budget))
        {
            // Whatever only one visitor touches is far from its limit, and not worth the memory.
            budget = new(time, unitsPerSecond);
            if (partition.StartsWith("counter#", StringComparison.Ordinal))
            {
                budgets[partition] = budget;
            }
        }

        if (!budget.Has(units))
        {
            return false;
        }

        budget.Take(units);
        if (ReferenceEquals(budgets, writing))
        {
            Usage.WriteUnits += units;
        }
        else
        {
            Usage.ReadUnits += units;
        }

        return true;
    }

    private static AmazonDynamoDBException Failure(string code) =>
        new("Simulated.") { ErrorCode = code, StatusCode = HttpStatusCode.BadRequest };
}
