using Amazon.DynamoDBv2.Model;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>DynamoDB may delete an expired item days late, so the store does not wait for it with salts.</summary>
public sealed class SaltErasure(DynamoDbLocal local)
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Fact]
    public async Task The_first_visitor_of_a_day_has_the_salt_erased_whose_time_has_just_ended()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(cancellation),
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        var client = await local.ConnectAsync();
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var clock = new ManualClock(noon);
        var store = new DynamoDbVisitStore(client, options, clock, Random.Shared);

        for (var day = 0; day < 3; day++)
        {
            clock.Set(noon.AddDays(day));
            await store.GetOrAddSaltAsync(Day.AddDays(day), Visitors.SaltOf($"day {day}"), cancellation);
        }

        var items = (await client.ScanAsync(new ScanRequest(options.TableName), cancellation)).Items;
        var salted = items.Where(item => item.ContainsKey("salt")).Select(item => item["sk"].S).Order();
        Assert.Equal(["2026-11-23", "2026-11-24"], salted);
    }
}
