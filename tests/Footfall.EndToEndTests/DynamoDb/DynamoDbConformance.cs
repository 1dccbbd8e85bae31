using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>What every store promises, kept by this one, whatever the number of shards.</summary>
public abstract class DynamoDbConformance(DynamoDbLocal local, int shards) : VisitStoreConformance
{
    private string? table;

    // Beyond this, DynamoDB Local on a small machine would let requests wait for longer than their time budget.
    protected override int Concurrency => 32;

    protected override async Task<IVisitStore> OpenAsync(TimeProvider clock)
    {
        table ??= await local.CreateTableAsync(Cancellation);
        var options = new DynamoDbStoreOptions
        {
            TableName = table,
            Shards = shards,
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        return new DynamoDbVisitStore(await local.ConnectAsync(), options, clock, Random.Shared);
    }
}

public sealed class DynamoDbWithOneShard(DynamoDbLocal local) : DynamoDbConformance(local, shards: 1);

public sealed class DynamoDbWithManyShards(DynamoDbLocal local) : DynamoDbConformance(local, shards: 16);
