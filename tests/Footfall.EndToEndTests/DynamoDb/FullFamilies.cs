using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Api;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>A family of counters at its ceiling, for two instances on one table.</summary>
public sealed class FullFamilies(DynamoDbLocal local) : FullFamilyConformance
{
    private string? table;

    protected override async Task<IVisitStore> OpenAsync(int instance)
    {
        table ??= await local.CreateTableAsync(TestContext.Current.CancellationToken);
        var options = new DynamoDbStoreOptions { TableName = table, TimeBudget = TimeSpan.FromSeconds(30) };
        return new DynamoDbVisitStore(await local.ConnectAsync(), options, TimeProvider.System, Random.Shared);
    }
}
