using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>What another instance does between two requests of one recording changes what the second one may do.</summary>
public sealed class Races(DynamoDbLocal local)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_salt_that_another_instance_made_meanwhile_is_taken()
    {
        var theirs = Visitors.SaltOf("theirs");
        await using var race = await BeforeAsync(
            "PutItem", [1], other => other.GetOrAddSaltAsync(Day, theirs, Cancellation));

        var salt = await race.Store.GetOrAddSaltAsync(Day, Visitors.SaltOf("ours"), Cancellation);

        Assert.Equal(theirs.Bytes, salt.Bytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_returning_visitor_whom_another_instance_counted_meanwhile_is_a_repeat(bool remembered)
    {
        // The visitor's first visit; where it is not remembered, the attempt as a newcomer; then the one that is late.
        var returning = Visitors.Claim("Ada", Noon.AddHours(1));
        await using var race = await BeforeAsync(
            "TransactWriteItems", [remembered ? 2 : 3], other => other.ClaimAsync(returning, Cancellation));
        await race.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var store = remembered ? race.Store : race.Another(race.Options);

        var receipt = await store.ClaimAsync(returning, Cancellation);

        Assert.Equal(new Receipt(Outcome.Repeat, Visits: 2, Visitors: 1), receipt);
    }

    [Fact]
    public async Task A_visitor_over_the_limit_whom_another_instance_counted_meanwhile_is_a_repeat()
    {
        var strict = new VisitRules { AddressLimit = 1 };
        var generous = new VisitRules { AddressLimit = 2 };
        await using var race = await BeforeAsync(
            "TransactWriteItems",
            [3],
            other => other.ClaimAsync(Visitors.Claim("Grace", Noon, address: "office", rules: generous), Cancellation));
        await race.Store.ClaimAsync(Visitors.Claim("Ada", Noon, address: "office", rules: strict), Cancellation);

        var receipt = await race.Store.ClaimAsync(
            Visitors.Claim("Grace", Noon, address: "office", rules: strict), Cancellation);

        Assert.Equal(new Receipt(Outcome.Repeat, Visits: 2, Visitors: 2), receipt);
    }

    [Fact]
    public async Task Whoever_is_counted_between_two_attempts_is_in_the_number_and_keeps_nobody_waiting_for_ever()
    {
        // The first visit; the attempt that expects its total; the one that expects what its refusal brought; and the one
        // that expects nothing.
        var others = new Queue<string>(["Grace", "Mary", "Ruth", "Lynn"]);
        await using var race = await BeforeAsync(
            "TransactWriteItems",
            [2, 3, 4, 5],
            other => other.ClaimAsync(Visitors.Claim(others.Dequeue(), Noon), Cancellation));
        await race.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        var receipt = await race.Store.ClaimAsync(Visitors.Claim("Joan", Noon), Cancellation);

        Assert.Equal(["Lynn"], others);
        Assert.Equal(new Receipt(Outcome.Visit, Visits: 5, Visitors: 5), receipt);
        Assert.Equal(new Tally(Visits: 5, Visitors: 5), await race.Store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_total_that_was_deleted_by_hand_is_begun_anew_by_an_instance_that_remembers_it()
    {
        await using var race = await BeforeAsync("TransactWriteItems", [], _ => Task.CompletedTask);
        await race.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var client = await local.ConnectAsync();
        await client.DeleteItemAsync(race.Options.TableName, TotalKey, Cancellation);
        var before = race.Proxy.Requests;

        var receipt = await race.Store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, Visits: 1, Visitors: 1), receipt);
        Assert.Equal(3, race.Proxy.Requests - before);
    }

    [Theory]
    [InlineData("REMOVE visitors", 2, 1)]
    [InlineData("REMOVE visits", 1, 2)]
    [InlineData("REMOVE visits, visitors", 1, 1)]
    public async Task A_total_that_was_damaged_by_hand_keeps_nobody_waiting(string damage, long visits, long visitors)
    {
        await using var race = await BeforeAsync("TransactWriteItems", [], _ => Task.CompletedTask);
        await race.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var client = await local.ConnectAsync();
        await client.UpdateItemAsync(
            new UpdateItemRequest { TableName = race.Options.TableName, Key = TotalKey, UpdateExpression = damage },
            Cancellation);
        var before = race.Proxy.Requests;

        var receipt = await race.Store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, visits, visitors), receipt);
        Assert.InRange(race.Proxy.Requests - before, 1, 4);
    }

    private static Dictionary<string, AttributeValue> TotalKey =>
        new(StringComparer.Ordinal) { ["pk"] = new("counter#/#0"), ["sk"] = new("total") };

    /// <summary>A store of which some requests arrive only after another instance has done something.</summary>
    /// <param name="numbers">Which of the operation's requests, counted from 1.</param>
    private async Task<ProxiedStore> BeforeAsync(
        string operation, int[] numbers, Func<DynamoDbVisitStore, Task> meanwhile)
    {
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(Cancellation),
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        var other = new DynamoDbVisitStore(
            await local.ConnectAsync(), options, new ManualClock(Noon), Random.Shared);
        var seen = 0;
        var proxy = new FaultProxy(
            await local.StartAsync(),
            called =>
            {
                if (called == operation && numbers.Contains(Interlocked.Increment(ref seen)))
                {
                    meanwhile(other).Wait(Cancellation);
                }

                return Fault.None;
            },
            TimeSpan.Zero);
        return new ProxiedStore(proxy, await proxy.StartAsync(), options);
    }
}
