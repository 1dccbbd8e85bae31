using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Transfer;

namespace Footfall.EndToEndTests.DynamoDb;

public sealed class InterruptedDynamoDbImports(DynamoDbLocal local) : InterruptedImports
{
    private readonly Dictionary<string, string> tables = new(StringComparer.Ordinal);
    private AmazonDynamoDBClient? client;

    protected override int Entries => 400;

    protected override async Task<(string[] Options, (string Name, string Value)[] Environment)> LocateAsync(
        string name) =>
        (["--store", "dynamodb", "--table", await TableAsync(name)],
            [.. await local.EnvironmentAsync(), ("FOOTFALL_TIME_BUDGET", "00:00:30")]);

    protected override async Task<IVisitStore> OpenAsync(string name)
    {
        var options = new DynamoDbStoreOptions
        {
            TableName = await TableAsync(name),
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        return new DynamoDbVisitStore(await local.ConnectAsync(), options, TimeProvider.System, Random.Shared);
    }

    protected override async Task<int> CountTakenAsync(string name, string source)
    {
        client ??= await local.ConnectAsync();
        var query = new QueryRequest
        {
            TableName = await TableAsync(name),
            ConsistentRead = true,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new AttributeValue { S = $"import#{source}" } },
            Select = Select.COUNT,
        };
        return (await client.QueryAsync(query, Cancellation)).Count ?? 0;
    }

    private async Task<string> TableAsync(string name)
    {
        if (!tables.TryGetValue(name, out var table))
        {
            tables[name] = table = await local.CreateTableAsync(Cancellation);
        }

        return table;
    }
}
