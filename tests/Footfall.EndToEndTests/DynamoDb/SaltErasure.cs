using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>
/// DynamoDB may delete an expired item days late, so the store does not wait for it with salts; but it erases none by a
/// clock that DynamoDB's own contradicts.
/// </summary>
public sealed class SaltErasure(DynamoDbLocal local) : IAsyncLifetime
{
    // DynamoDB Local tells the machine's time.
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);

    private AmazonDynamoDBClient client = null!;
    private string table = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        client = await local.ConnectAsync();
        table = await local.CreateTableAsync(Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_visitor_of_a_day_has_the_salts_erased_whose_time_is_over_or_far_off()
    {
        foreach (var days in new[] { -3, -2, -1, 5 })
        {
            await AddSaltAsync(days);
        }

        await AddSaltAsync(0);

        Assert.Equal([NameOf(-1), NameOf(0)], await SaltedDaysAsync());
    }

    [Fact]
    public async Task A_salt_that_was_erased_before_its_day_came_is_made_anew_when_it_comes()
    {
        await AddSaltAsync(5);
        await AddSaltAsync(0);

        var salt = await StoreAt(days: 5).GetOrAddSaltAsync(Today.AddDays(5), Visitors.SaltOf("anew"), Cancellation);

        Assert.Equal(Visitors.SaltOf("anew").Bytes, salt.Bytes);
    }

    [Fact]
    public async Task An_instance_whose_clock_is_two_days_ahead_erases_no_salt_that_others_need()
    {
        await AddSaltAsync(-1);
        await AddSaltAsync(0);

        await AddSaltAsync(2);

        var salt = await StoreAt(0).FindSaltAsync(Today, Cancellation);
        Assert.Equal(Visitors.SaltOf(NameOf(0)).Bytes, salt!.Bytes);
        Assert.Equal([NameOf(-1), NameOf(0), NameOf(2)], await SaltedDaysAsync());
    }

    public static TheoryData<int?> BrokenSalts => [default(int?), 0, Salt.Size - 1, Salt.Size + 1];

    [Theory]
    [MemberData(nameof(BrokenSalts))]
    public async Task A_salt_that_is_not_one_is_unavailability_that_names_the_clocks(int? length)
    {
        await AddSaltAsync(0);
        await BreakSaltAsync(length);
        var store = StoreAt(0);

        var found = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.FindSaltAsync(Today, Cancellation));
        var asked = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.GetOrAddSaltAsync(Today, Visitors.SaltOf("another"), Cancellation));

        Assert.Equal(found.Message, asked.Message);
        Assert.Contains($"The stored salt of {NameOf(0)} has been erased or changed", found.Message, StringComparison.Ordinal);
        Assert.Contains($"by this machine's clock it is {NameOf(0)}", found.Message, StringComparison.Ordinal);
        Assert.Contains($"by DynamoDB's {NameOf(0)} (UTC)", found.Message, StringComparison.Ordinal);
    }

    private static string NameOf(int days) =>
        Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An instance whose clock is so many days ahead.</summary>
    private DynamoDbVisitStore StoreAt(int days) => new(
        client,
        new() { TableName = table, TimeBudget = TimeSpan.FromSeconds(30) },
        new ManualClock(Now.AddDays(days)),
        Random.Shared);

    private Task<Salt> AddSaltAsync(int days) => StoreAt(days).GetOrAddSaltAsync(
        Today.AddDays(days), Visitors.SaltOf(NameOf(days)), Cancellation);

    private async Task<IEnumerable<string>> SaltedDaysAsync()
    {
        var items = (await client.ScanAsync(new ScanRequest(table), Cancellation)).Items;
        return items.Where(item => item.ContainsKey("salt")).Select(item => item["sk"].S).Order();
    }

    /// <param name="length">How many bytes are left of the salt; null for not even the attribute.</param>
    private Task<UpdateItemResponse> BreakSaltAsync(int? length) => client.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["pk"] = new("salt"), ["sk"] = new(NameOf(0)) },
            UpdateExpression = length is null ? "REMOVE salt" : "SET salt = :salt",
            ExpressionAttributeValues = length is { } bytes
                ? new() { [":salt"] = new() { B = new MemoryStream(new byte[bytes]) } }
                : null,
        },
        Cancellation);
}
