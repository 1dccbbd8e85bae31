using System.Net;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>
/// What an instance asks of its table, one after the other and side by side, with the write units of each transaction:
/// the table of docs/decisions/0004-one-transaction-per-request.md.
/// </summary>
public sealed class RoundTrips(DynamoDbLocal local) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);

    private Instance here = null!;
    private Instance there = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var table = await local.CreateTableAsync(Cancellation);
        here = new(await local.StartAsync(), table);
        there = new(await local.StartAsync(), table);
    }

    public ValueTask DisposeAsync()
    {
        here.Dispose();
        there.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_newcomer() =>
        Assert.Equal("Visit 1 of 1: write 8, read", await here.ClaimAsync("Ada", Noon));

    [Theory]
    [InlineData(Outcome.Bot)]
    [InlineData(Outcome.Prefetch)]
    [InlineData(Outcome.OptedOut)]
    public async Task What_is_decided_without_a_visitor(Outcome outcome)
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal($"{outcome} 1 of 1: write 4 + read", await here.AddAsync(outcome));
    }

    [Fact]
    public async Task A_repeat_whom_this_instance_counted()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(1)));
    }

    [Fact]
    public async Task A_repeat_whom_another_instance_counted()
    {
        await there.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 8, write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(1)));
        Assert.Equal("Repeat 1 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_this_instance_counted()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 2 of 1: write 6, read", await here.ClaimAsync("Ada", Noon.AddMinutes(30)));
        Assert.Equal("Repeat 2 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(59)));
        Assert.Equal("Visit 3 of 1: write 6, read", await here.ClaimAsync("Ada", Noon.AddMinutes(60)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_another_instance_counted()
    {
        await there.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 2 of 1: write 8, write 6, read", await here.ClaimAsync("Ada", Noon.AddHours(1)));
        Assert.Equal("Visit 3 of 1: write 6, read", await here.ClaimAsync("Ada", Noon.AddHours(2)));
    }

    [Fact]
    public async Task A_visitor_whom_another_instance_has_counted_since_is_a_repeat_and_remembered_as_one()
    {
        await here.ClaimAsync("Ada", Noon);
        await there.ClaimAsync("Ada", Noon.AddHours(1));

        Assert.Equal("Repeat 2 of 1: write 6, write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(70)));
        Assert.Equal("Repeat 2 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon.AddMinutes(80)));
        Assert.Equal("Visit 3 of 1: write 6, read", await here.ClaimAsync("Ada", Noon.AddMinutes(90)));
    }

    [Fact]
    public async Task A_visitor_over_the_limit()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Limited 1 of 1: write 8, write 6 + read", await here.ClaimAsync("Grace", Noon));
        Assert.Equal("Limited 1 of 1: write 8, write 6 + read", await here.ClaimAsync("Grace", Noon));
    }

    [Fact]
    public async Task A_visitor_of_one_counter_is_a_newcomer_at_another()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 1 of 1: write 8, read", await here.ClaimAsync("Ada", Noon, "readme"));
        Assert.Equal("Repeat 1 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon));
    }

    [Fact]
    public async Task A_repeat_over_midnight()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(-10));

        Assert.Equal("Repeat 1 of 1: write 4 + read", await here.ClaimAsync("Ada", Midnight.AddMinutes(5)));
        Assert.Equal("Repeat 1 of 1: write 10, write 4 + read", await there.ClaimAsync("Ada", Midnight.AddMinutes(5)));
        Assert.Equal("Repeat 1 of 1: write 4 + read", await there.ClaimAsync("Ada", Midnight.AddMinutes(10)));
    }

    [Fact]
    public async Task A_newcomer_of_the_new_day()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(-10));

        Assert.Equal("Visit 2 of 2: write 10, read", await here.ClaimAsync("Ada", Midnight.AddMinutes(20)));
        Assert.Equal("Repeat 2 of 2: write 4 + read", await here.ClaimAsync("Ada", Midnight.AddMinutes(49)));
        Assert.Equal("Visit 3 of 2: write 6, read", await here.ClaimAsync("Ada", Midnight.AddMinutes(50)));
    }

    [Fact]
    public async Task A_request_from_before_what_is_remembered_is_a_repeat()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 4 + read", await here.ClaimAsync("Ada", Noon.AddHours(-2)));
    }

    [Fact]
    public async Task A_warm_instance_asks_for_no_salt()
    {
        using var random = RandomNumberGenerator.Create();
        var counter = new VisitCounter(here.Store, new VisitRules(), new ManualClock(Noon), random);
        await CountAsync("198.51.100.1");
        here.TakeTrips();

        Assert.Equal(Outcome.Visit, (await CountAsync("198.51.100.2")).Outcome);
        Assert.Equal("write 8, read", here.TakeTrips());
        Assert.Equal(Outcome.Repeat, (await CountAsync("198.51.100.2")).Outcome);
        Assert.Equal("write 4 + read", here.TakeTrips());

        Task<Receipt> CountAsync(string address) => counter.CountAsync(
            new Arrival("/", IPAddress.Parse(address), "Mozilla/5.0 Firefox/145.0", VisitSignals.None), Cancellation);
    }

    [Fact]
    public async Task When_the_read_beside_a_transaction_fails_the_transaction_is_still_awaited()
    {
        here.FailQueriesWith(new AmazonDynamoDBException("injected"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => here.AddAsync(Outcome.Bot));

        Assert.Equal(0, here.UnderWay);
        Assert.Equal(1, (await there.Store.ReadTotalAsync("/", Cancellation)).Bots);
    }

    /// <summary>A store of its own on the shared table, as another process would have one.</summary>
    private sealed class Instance : IDisposable
    {
        private static readonly VisitRules Rules = new() { AddressLimit = 1 };

        private readonly WatchedClient client;

        public Instance(Uri endpoint, string table)
        {
            client = new WatchedClient(endpoint);
            var options = new DynamoDbStoreOptions { TableName = table, TimeBudget = TimeSpan.FromSeconds(30) };
            Store = new DynamoDbVisitStore(client, options, new ManualClock(Noon), Random.Shared);
        }

        public DynamoDbVisitStore Store { get; }

        public int UnderWay => client.UnderWay;

        /// <summary>The claim of a browser at the one address of all.</summary>
        public async Task<string> ClaimAsync(string visitor, DateTimeOffset at, string counter = "/") =>
            Describe(await Store.ClaimAsync(Visitors.Claim(visitor, at, counter, "office", Rules), Cancellation));

        public async Task<string> AddAsync(Outcome outcome) =>
            Describe(await Store.AddAsync("/", Day, outcome, Cancellation));

        public string TakeTrips() => client.TakeTrips();

        public void FailQueriesWith(Exception failure) => client.QueryFailure = failure;

        public void Dispose() => client.Dispose();

        private string Describe(Receipt receipt) =>
            $"{receipt.Outcome} {receipt.Visits} of {receipt.Visitors}: {TakeTrips()}";
    }
}
