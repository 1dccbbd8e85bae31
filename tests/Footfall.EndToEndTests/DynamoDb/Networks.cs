using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>A network and its addresses share an item, which stays small enough to be written.</summary>
public sealed class Networks(DynamoDbLocal local)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly VisitRules Boundless = new()
    {
        AddressLimit = VisitRules.MaxAddressLimit,
        NetworkLimit = VisitRules.MaxNetworkLimit,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_brings_no_more_visitors_than_its_item_has_room_for_addresses()
    {
        var client = await local.ConnectAsync();
        var table = await local.CreateTableAsync(Cancellation);
        var store = new DynamoDbVisitStore(
            client,
            new() { TableName = table, TimeBudget = TimeSpan.FromSeconds(30) },
            new ManualClock(Noon),
            Random.Shared);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon, address: "campus:library", rules: Boundless), Cancellation);
        await FillAsync(client, table, addresses: MostVisitors - 2);

        var last = await store.ClaimAsync(
            Visitors.Claim("Grace", Noon, address: "campus:canteen", rules: Boundless), Cancellation);
        var further = await store.ClaimAsync(
            Visitors.Claim("Mary", Noon, address: "campus:gate", rules: Boundless), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, Visits: 2, Visitors: 2), last);
        Assert.Equal(new Receipt(Outcome.Limited, Visits: 2, Visitors: 2), further);
    }

    private const int MostVisitors = 4_000;

    /// <summary>Makes the network's item what it is after so many further visitors, each from an address of its own.</summary>
    private static async Task FillAsync(Amazon.DynamoDBv2.AmazonDynamoDBClient client, string table, int addresses)
    {
        var items = (await client.ScanAsync(new ScanRequest(table), Cancellation)).Items;
        var network = items.Single(item => item["pk"].S.StartsWith("address#", StringComparison.Ordinal));
        for (var address = 0; address < addresses; address++)
        {
            network[$"{address:x8}"] = new() { N = "1" };
        }

        network["visitors"] = new() { N = $"{addresses + 1}" };
        await client.PutItemAsync(table, network, Cancellation);
    }
}
