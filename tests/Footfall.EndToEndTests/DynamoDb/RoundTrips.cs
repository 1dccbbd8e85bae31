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

    private string table = null!;
    private Instance here = null!;
    private Instance there = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        table = await local.CreateTableAsync(Cancellation);
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
    public async Task A_newcomer()
    {
        Assert.Equal("Visit 1 of 1: write 8, read 1", await here.ClaimAsync("Ada", Noon));
        Assert.Equal("Visit 2 of 2: write 8", await here.ClaimAsync("Grace", Noon, address: "home"));
        Assert.Equal("Visit 3 of 3: write 8", await here.ClaimAsync("Mary", Noon, address: "train"));
    }

    [Fact]
    public async Task A_newcomer_after_one_whom_another_instance_counted()
    {
        await here.ClaimAsync("Ada", Noon);
        await there.ClaimAsync("Grace", Noon, address: "home");

        Assert.Equal("Visit 3 of 3: write 8, write 8", await here.ClaimAsync("Mary", Noon, address: "train"));
        Assert.Equal("Visit 4 of 4: write 8, read 1", await here.ClaimAsync("Joan", Noon, address: "café"));
        Assert.Equal("Visit 5 of 5: write 8", await here.ClaimAsync("Ruth", Noon.AddSeconds(1), address: "library"));
    }

    [Fact]
    public async Task A_newcomer_after_an_import_of_visitors()
    {
        await here.ClaimAsync("Ada", Noon);
        await there.Store.AddImportedAsync("elsewhere", new("/", Day, new Tally(Visitors: 5)), Cancellation);

        Assert.Equal("Visit 2 of 7: write 8, write 8", await here.ClaimAsync("Grace", Noon, address: "home"));
    }

    [Fact]
    public async Task A_newcomer_after_the_total_was_read()
    {
        await there.ClaimAsync("Ada", Noon);
        await here.AddAsync(Outcome.Bot);

        Assert.Equal("Visit 2 of 2: write 8", await here.ClaimAsync("Grace", Noon, address: "home"));
    }

    [Fact]
    public async Task Newcomers_and_returning_visitors_where_a_total_has_several_shards()
    {
        using var wide = new Instance(await local.StartAsync(), table, shards: 4);

        Assert.Equal("Visit 1 of 1: other, write 8, read 4", await wide.ClaimAsync("Ada", Noon));
        Assert.Equal("Visit 2 of 2: write 8, read 4", await wide.ClaimAsync("Grace", Noon, address: "home"));
        Assert.Equal("Visit 3 of 2: write 6, read 4", await wide.ClaimAsync("Ada", Noon.AddHours(1)));

        await there.ClaimAsync("Mary", Noon, address: "train");
        Assert.Equal(
            "Visit 5 of 3: write 8, write 6, read 4",
            await wide.ClaimAsync("Mary", Noon.AddHours(1), address: "train"));
    }

    [Fact]
    public async Task What_is_counted_in_other_shards_is_in_every_number()
    {
        await here.ClaimAsync("Ada", Noon);
        using var wide = new Instance(await local.StartAsync(), table, shards: 4, new LastShard());
        await wide.ClaimAsync("Grace", Noon, address: "home");

        Assert.Equal(
            "Visit 3 of 3: write 8, write 8, read 4", await here.ClaimAsync("Mary", Noon, address: "train"));
        await wide.ClaimAsync("Joan", Noon, address: "library");
        Assert.Equal("Visit 5 of 5: write 8, read 4", await here.ClaimAsync("Lynn", Noon, address: "museum"));
        Assert.Equal(new Tally(Visits: 5, Visitors: 5), await there.Store.ReadTotalAsync("/", Cancellation));
        Assert.Equal("read 1, read 3", there.TakeTrips());
    }

    [Theory]
    [InlineData(Outcome.Bot)]
    [InlineData(Outcome.Prefetch)]
    [InlineData(Outcome.OptedOut)]
    public async Task What_is_decided_without_a_visitor(Outcome outcome)
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal($"{outcome} 1 of 1: write 4 + read 1", await here.AddAsync(outcome));
    }

    [Fact]
    public async Task A_repeat_whom_this_instance_counted()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(1)));
    }

    [Fact]
    public async Task A_repeat_whom_another_instance_counted()
    {
        await there.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 8, write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(1)));
        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_this_instance_counted()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 2 of 1: write 6", await here.ClaimAsync("Ada", Noon.AddMinutes(30)));
        Assert.Equal("Repeat 2 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(59)));
        Assert.Equal("Visit 3 of 1: write 6", await here.ClaimAsync("Ada", Noon.AddMinutes(60)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_another_instance_counted()
    {
        await there.ClaimAsync("Ada", Noon);
        await here.ClaimAsync("Grace", Noon, address: "home");

        Assert.Equal("Visit 3 of 2: write 8, write 6", await here.ClaimAsync("Ada", Noon.AddHours(1)));
        Assert.Equal("Visit 4 of 2: write 6", await here.ClaimAsync("Ada", Noon.AddHours(2)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_another_instance_counted_and_others_since()
    {
        await there.ClaimAsync("Ada", Noon);
        await here.ClaimAsync("Grace", Noon, address: "home");
        await there.ClaimAsync("Mary", Noon, address: "train");

        Assert.Equal("Visit 4 of 3: write 8, write 6", await here.ClaimAsync("Ada", Noon.AddHours(1)));
    }

    [Fact]
    public async Task A_returning_visitor_whom_another_instance_counted_on_the_first_sight_of_a_counter()
    {
        await there.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 2 of 1: write 8, write 6, read 1", await here.ClaimAsync("Ada", Noon.AddHours(1)));
    }

    [Fact]
    public async Task A_visitor_whom_another_instance_has_counted_since_is_a_repeat_and_remembered_as_one()
    {
        await here.ClaimAsync("Ada", Noon);
        await there.ClaimAsync("Ada", Noon.AddHours(1));

        Assert.Equal("Repeat 2 of 1: write 6, write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(70)));
        Assert.Equal("Repeat 2 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddMinutes(80)));
        Assert.Equal("Visit 3 of 1: write 6", await here.ClaimAsync("Ada", Noon.AddMinutes(90)));
    }

    [Fact]
    public async Task A_visitor_over_the_limit()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Limited 1 of 1: write 8, write 6 + read 1", await here.ClaimAsync("Grace", Noon));
        Assert.Equal("Limited 1 of 1: write 8, write 6 + read 1", await here.ClaimAsync("Grace", Noon));
    }

    [Fact]
    public async Task A_network_costs_those_no_further_item_who_are_below_its_limit()
    {
        await here.ClaimAsync("Ada", Noon, address: "campus:library");

        Assert.Equal("Visit 2 of 2: write 8", await here.ClaimAsync("Grace", Noon, address: "campus:dormitory"));
        Assert.Equal(
            "Limited 2 of 2: write 8, write 6 + read 1", await here.ClaimAsync("Mary", Noon, address: "campus:library"));
    }

    [Fact]
    public async Task A_visit_of_yesterday_behind_one_of_the_new_day()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(1));

        Assert.Equal("Repeat 1 of 1: write 8, write 4 + read 1", await here.ClaimAsync("Ada", Midnight.AddMinutes(-1)));
        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Midnight.AddMinutes(-2)));
    }

    [Fact]
    public async Task A_visitor_over_the_limit_in_the_first_window_of_a_day()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(1));

        Assert.Equal("Limited 1 of 1: write 10, write 8 + read 1", await here.ClaimAsync("Grace", Midnight.AddMinutes(2)));
    }

    [Fact]
    public async Task A_report_of_today_and_one_of_a_month()
    {
        await here.ClaimAsync("Ada", Noon);

        await here.Store.ReadDailyAsync("/", Day.AddDays(-1), Day, Cancellation);
        Assert.Equal("read 8", here.TakeTrips());
        await here.Store.ReadDailyAsync("/", Day.AddDays(-29), Day, Cancellation);
        Assert.Equal("read 8, query, read 8", here.TakeTrips());
    }

    [Fact]
    public async Task A_visitor_of_one_counter_is_a_newcomer_at_another()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Visit 1 of 1: write 8, read 1", await here.ClaimAsync("Ada", Noon, counter: "readme"));
        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon));
    }

    [Fact]
    public async Task A_repeat_over_midnight()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(-10));

        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Midnight.AddMinutes(5)));
        Assert.Equal("Repeat 1 of 1: write 10, write 4 + read 1", await there.ClaimAsync("Ada", Midnight.AddMinutes(5)));
        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await there.ClaimAsync("Ada", Midnight.AddMinutes(10)));
    }

    [Fact]
    public async Task A_newcomer_of_the_new_day()
    {
        await here.ClaimAsync("Ada", Midnight.AddMinutes(-10));

        Assert.Equal("Visit 2 of 2: write 10", await here.ClaimAsync("Ada", Midnight.AddMinutes(20)));
        Assert.Equal("Repeat 2 of 2: write 4 + read 1", await here.ClaimAsync("Ada", Midnight.AddMinutes(49)));
        Assert.Equal("Visit 3 of 2: write 6", await here.ClaimAsync("Ada", Midnight.AddMinutes(50)));
    }

    [Fact]
    public async Task A_request_from_before_what_is_remembered_is_a_repeat()
    {
        await here.ClaimAsync("Ada", Noon);

        Assert.Equal("Repeat 1 of 1: write 4 + read 1", await here.ClaimAsync("Ada", Noon.AddHours(-2)));
    }

    [Fact]
    public async Task A_warm_instance_asks_for_no_salt()
    {
        using var random = RandomNumberGenerator.Create();
        var counter = new VisitCounter(here.Store, new VisitRules(), new ManualClock(Noon), random);
        await CountAsync(counter, "198.51.100.1");
        here.TakeTrips();

        Assert.Equal(Outcome.Visit, (await CountAsync(counter, "198.51.100.2")).Outcome);
        Assert.Equal("write 8", here.TakeTrips());
        Assert.Equal(Outcome.Repeat, (await CountAsync(counter, "198.51.100.2")).Outcome);
        Assert.Equal("write 4 + read 1", here.TakeTrips());
    }

    [Fact]
    public async Task The_first_visit_of_a_prepared_instance()
    {
        using var random = RandomNumberGenerator.Create();
        var prepared = new VisitCounter(here.Store, new VisitRules(), new ManualClock(Noon), random);
        var counter = new VisitCounter(there.Store, new VisitRules(), new ManualClock(Noon), random);
        await CountAsync(counter, "198.51.100.1");

        await prepared.PrepareAsync("/", Cancellation);
        Assert.Equal("other, read 1", here.TakeTrips());
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await CountAsync(prepared, "198.51.100.2"));
        Assert.Equal("write 8", here.TakeTrips());
    }

    [Fact]
    public async Task When_the_read_beside_a_transaction_fails_the_transaction_is_still_awaited()
    {
        here.FailReadsWith(new AmazonDynamoDBException("injected"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => here.AddAsync(Outcome.Bot));

        Assert.Equal(0, here.UnderWay);
        Assert.Equal(1, (await there.Store.ReadTotalAsync("/", Cancellation)).Bots);
    }

    private static Task<Receipt> CountAsync(VisitCounter counter, string address) => counter.CountAsync(
        new Arrival("/", IPAddress.Parse(address), "Mozilla/5.0 Firefox/145.0", VisitSignals.None), Cancellation);

    /// <summary>A store of its own on the shared table, as another process would have one.</summary>
    private sealed class Instance : IDisposable
    {
        private static readonly VisitRules Rules = new() { AddressLimit = 1 };

        private readonly WatchedClient client;
        private readonly ManualClock clock = new(Noon);

        public Instance(
            Uri endpoint, string table, int shards = DynamoDbStoreOptions.DefaultShards, Random? random = null)
        {
            client = new WatchedClient(endpoint);
            var options = new DynamoDbStoreOptions
            {
                TableName = table,
                Shards = shards,
                TimeBudget = TimeSpan.FromSeconds(30),
            };
            Store = new DynamoDbVisitStore(client, options, clock, random ?? Random.Shared);
        }

        public DynamoDbVisitStore Store { get; }

        public int UnderWay => client.UnderWay;

        /// <summary>The claim of a browser; an address may bring one visitor.</summary>
        public async Task<string> ClaimAsync(
            string visitor, DateTimeOffset at, string counter = "/", string address = "office")
        {
            clock.Set(at);
            return Describe(await Store.ClaimAsync(Visitors.Claim(visitor, at, counter, address, Rules), Cancellation));
        }

        public async Task<string> AddAsync(Outcome outcome) =>
            Describe(await Store.AddAsync("/", Day, outcome, Cancellation));

        public string TakeTrips() => client.TakeTrips();

        public void FailReadsWith(Exception failure) => client.ReadFailure = failure;

        public void Dispose() => client.Dispose();

        private string Describe(Receipt receipt) =>
            $"{receipt.Outcome} {receipt.Visits} of {receipt.Visitors}: {TakeTrips()}";
    }
    /// <summary>Draws no shard but the last.</summary>
    private sealed class LastShard : Random
    {
        public override int Next(int maxValue) => maxValue - 1;
    }
}
