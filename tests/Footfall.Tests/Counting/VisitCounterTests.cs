using System.Net;
using System.Security.Cryptography;
using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Api;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Counting;

/// <summary>The counting rules over a real store, with a clock that the test sets.</summary>
public sealed class VisitCounterTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);
    private readonly SqliteVisitStore sqlite;
    private readonly WatchedStore store;

    public VisitCounterTests()
    {
        sqlite = SqliteVisitStore.Open(directory.File("visits.db"), clock);
        store = new WatchedStore(sqlite);
        Counter = NewCounter();
    }

    private VisitCounter Counter { get; set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sqlite.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(VisitSignals.None, Browsers.Firefox, Outcome.Visit)]
    [InlineData(VisitSignals.None, "", Outcome.Bot)]
    [InlineData(VisitSignals.None, "curl/8.14.1", Outcome.Bot)]
    [InlineData(VisitSignals.WebDriver, Browsers.Firefox, Outcome.Bot)]
    [InlineData(VisitSignals.Prefetch, Browsers.Firefox, Outcome.Prefetch)]
    [InlineData(VisitSignals.Prefetch, "", Outcome.Prefetch)]
    [InlineData(VisitSignals.Prefetch | VisitSignals.WebDriver, Browsers.Firefox, Outcome.Prefetch)]
    [InlineData(VisitSignals.OptedOut, Browsers.Firefox, Outcome.OptedOut)]
    [InlineData(VisitSignals.OptedOut, "", Outcome.OptedOut)]
    [InlineData(VisitSignals.OptedOut | VisitSignals.Prefetch | VisitSignals.WebDriver, "", Outcome.OptedOut)]
    public async Task A_request_comes_to_one_outcome_and_adds_one_to_it(VisitSignals signals, string userAgent, Outcome outcome)
    {
        var counted = outcome == Outcome.Visit ? 1 : 0;
        var receipt = await CountAsync(userAgent, signals: signals);
        Assert.Equal(new Receipt(outcome, Visits: counted, Visitors: counted), receipt);
        Assert.Equal(Tally.Of(outcome, newVisitor: counted == 1), await sqlite.ReadTotalAsync("/", Cancellation));
    }

    [Theory]
    [InlineData(VisitSignals.OptedOut)]
    [InlineData(VisitSignals.Prefetch)]
    [InlineData(VisitSignals.WebDriver)]
    public async Task Nothing_is_derived_from_a_visitor_where_none_is_needed(VisitSignals signals)
    {
        await CountAsync(Browsers.Firefox, signals: signals);
        Assert.StartsWith("add ", Assert.Single(store.Calls), StringComparison.Ordinal);
        Assert.Null(await sqlite.FindSaltAsync(new(2026, 11, 22), Cancellation));
    }

    [Theory]
    [InlineData("other counter")]
    [InlineData("other browser")]
    [InlineData("other address")]
    public async Task A_visitor_is_one_browser_at_one_address_on_one_counter(string difference)
    {
        await CountAsync(Browsers.Firefox);
        var receipt = difference switch
        {
            "other counter" => await CountAsync(Browsers.Firefox, counter: "readme"),
            "other browser" => await CountAsync(Browsers.Chrome),
            _ => await CountAsync(Browsers.Firefox, IPAddress.Parse("203.0.113.8")),
        };
        Assert.Equal(Outcome.Visit, receipt.Outcome);
    }

    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff")]
    public async Task One_subscribers_addresses_are_one(string first, string second)
    {
        await CountAsync(Browsers.Firefox, IPAddress.Parse(first));
        Assert.Equal(Outcome.Repeat, (await CountAsync(Browsers.Firefox, IPAddress.Parse(second))).Outcome);
    }

    [Fact]
    public async Task The_window_ends_to_the_tick_and_is_measured_from_the_last_counted_visit()
    {
        await CountAsync(Browsers.Firefox);
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Noon + VisitRules.DefaultVisitWindow - Tick));
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Noon + VisitRules.DefaultVisitWindow));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Noon + (2 * VisitRules.DefaultVisitWindow) - Tick));
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Noon + (2 * VisitRules.DefaultVisitWindow)));
        Assert.Equal(new Tally(Visits: 3, Repeats: 2, Visitors: 1), await sqlite.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task The_window_holds_over_midnight_and_a_repeat_is_tallied_on_its_own_day()
    {
        var evening = Midnight - TimeSpan.FromMinutes(10);
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(evening));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Midnight - Tick));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Midnight));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(evening + VisitRules.DefaultVisitWindow - Tick));
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(evening + VisitRules.DefaultVisitWindow));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Midnight + VisitRules.DefaultVisitWindow));
        Assert.Equal(
            [
                Visitors.Direct(new(2026, 11, 22), new Tally(Visits: 1, Repeats: 1, Visitors: 1)),
                Visitors.Direct(new(2026, 11, 23), new Tally(Visits: 1, Repeats: 3, Visitors: 1)),
            ],
            (await sqlite.ReadDailyAsync("/", new(2026, 11, 1), new(2026, 11, 30), Cancellation)).Days);
    }

    [Fact]
    public async Task The_window_holds_over_midnight_for_a_process_that_was_started_after_it()
    {
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Midnight - TimeSpan.FromMinutes(1)));
        Counter = NewCounter();
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Midnight + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_window_of_a_day_reaches_back_a_whole_day()
    {
        Counter = NewCounter(new VisitRules { VisitWindow = TimeSpan.FromDays(1) });
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Noon));
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Noon.AddDays(1) - Tick));
        Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Noon.AddDays(1)));
    }

    [Fact]
    public async Task Yesterdays_visitor_is_looked_for_in_the_first_window_of_a_day_only()
    {
        _ = await OutcomeAtAsync(Midnight - TimeSpan.FromHours(1));
        _ = await OutcomeAtAsync(Midnight + VisitRules.DefaultVisitWindow - Tick);
        _ = await OutcomeAtAsync(Midnight + VisitRules.DefaultVisitWindow);
        Assert.Equal([false, true, false], store.Claims.Select(claim => claim.VisitorYesterday is not null));
        Assert.Equal(store.Claims[0].Visitor, store.Claims[1].VisitorYesterday);
    }

    [Fact]
    public async Task Nothing_recognises_a_visitor_over_the_days()
    {
        for (var day = 0; day < 4; day++)
        {
            Assert.Equal(Outcome.Visit, await OutcomeAtAsync(Noon.AddDays(day)));
        }

        var pseudonyms = store.Claims.SelectMany(claim => new[] { claim.Visitor, claim.Address }).ToArray();
        Assert.Equal(8, pseudonyms.Distinct().Count());
        Assert.Equal(new Tally(Visits: 4, Visitors: 4), await sqlite.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_salt_is_made_anew_each_day_and_gone_when_the_next_has_ended()
    {
        var today = new DateOnly(2026, 11, 22);
        _ = await OutcomeAtAsync(Noon);
        var first = await sqlite.FindSaltAsync(today, Cancellation);
        _ = await OutcomeAtAsync(Noon.AddDays(1));
        var second = await sqlite.FindSaltAsync(today.AddDays(1), Cancellation);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.False(first.Bytes.SequenceEqual(second.Bytes));

        clock.Set(Retention.Expiry(today) - Tick);
        Assert.NotNull(await sqlite.FindSaltAsync(today, Cancellation));
        clock.Set(Retention.Expiry(today));
        Assert.Null(await sqlite.FindSaltAsync(today, Cancellation));
        Assert.Equal(TimeSpan.FromHours(48), Retention.Expiry(today) - Noon.AddHours(-12));
    }

    [Fact]
    public async Task The_stored_salts_are_asked_for_once_a_day()
    {
        _ = await OutcomeAtAsync(Midnight - TimeSpan.FromMinutes(2));
        _ = await OutcomeAtAsync(Midnight - TimeSpan.FromMinutes(1));
        _ = await OutcomeAtAsync(Midnight);
        _ = await OutcomeAtAsync(Midnight + TimeSpan.FromMinutes(1));
        _ = await OutcomeAtAsync(Midnight + TimeSpan.FromHours(1));
        Assert.Equal(
            ["get or add salt 2026-11-22", "claim", "claim", "get or add salt 2026-11-23", "claim", "claim", "claim"],
            store.Calls);
    }

    [Fact]
    public async Task Two_processes_know_the_same_visitor()
    {
        _ = await OutcomeAtAsync(Noon);
        Counter = NewCounter();
        Assert.Equal(Outcome.Repeat, await OutcomeAtAsync(Noon));
    }

    [Fact]
    public async Task An_address_brings_its_limit_of_visitors_a_day_to_each_counter()
    {
        Counter = NewCounter(new VisitRules { AddressLimit = 3 });
        for (var i = 0; i < 5; i++)
        {
            var expected = i < 3 ? Outcome.Visit : Outcome.Limited;
            Assert.Equal(expected, (await CountAsync($"{Browsers.Firefox} {i}")).Outcome);
        }

        Assert.Equal(Outcome.Repeat, (await CountAsync($"{Browsers.Firefox} 0")).Outcome);
        Assert.Equal(Outcome.Visit, (await CountAsync($"{Browsers.Firefox} 4", counter: "readme")).Outcome);
        Assert.Equal(Outcome.Visit, (await CountAsync($"{Browsers.Firefox} 4", IPAddress.Parse("203.0.113.8"))).Outcome);

        clock.Set(Noon + VisitRules.DefaultVisitWindow);
        Assert.Equal(Outcome.Visit, (await CountAsync($"{Browsers.Firefox} 0")).Outcome);
        Assert.Equal(Outcome.Limited, (await CountAsync($"{Browsers.Firefox} 4")).Outcome);

        clock.Set(Noon.AddDays(1));
        Assert.Equal(Outcome.Visit, (await CountAsync($"{Browsers.Firefox} 4")).Outcome);
    }

    [Fact]
    public async Task The_day_is_that_of_UTC_whatever_the_clocks_own_offset()
    {
        clock.Set(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.FromHours(2)));
        await CountAsync(Browsers.Firefox);
        var day = Assert.Single((await sqlite.ReadDailyAsync("/", new(2026, 11, 1), new(2026, 11, 30), Cancellation)).Days);
        Assert.Equal(new DateOnly(2026, 11, 22), day.Day);
    }

    [Fact]
    public async Task A_prepared_counter_has_the_days_salt_and_makes_none()
    {
        await Counter.PrepareAsync("/", Cancellation);
        Assert.Equal(["find salt 2026-11-22"], store.Calls);
        await CountAsync(Browsers.Firefox);
        store.Calls.Clear();
        Counter = NewCounter();

        await Counter.PrepareAsync("/", Cancellation);
        Assert.Equal(Outcome.Repeat, (await CountAsync(Browsers.Firefox)).Outcome);

        Assert.Equal(["find salt 2026-11-22", "claim"], store.Calls);
    }

    [Fact]
    public async Task Preparing_in_vain_is_no_failure()
    {
        foreach (var failing in new[] { new UnavailableStore(), new UnavailableStore(new InvalidCastException()) })
        {
            var broken = new VisitCounter(failing, new VisitRules(), clock, RandomNumberGenerator.Create());
            await broken.PrepareAsync("/", Cancellation);
        }

        await Counter.PrepareAsync("/", new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_invents_nothing()
    {
        var broken = new VisitCounter(new UnavailableStore(), new VisitRules(), clock, RandomNumberGenerator.Create());
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => broken.CountAsync(new Arrival("/", Home, Browsers.Firefox, VisitSignals.None), Cancellation));
    }

    private VisitCounter NewCounter(VisitRules? rules = null) =>
        new(store, rules ?? new VisitRules(), clock, RandomNumberGenerator.Create());

    private Task<Receipt> CountAsync(
        string userAgent, IPAddress? address = null, string counter = "/", VisitSignals signals = VisitSignals.None) =>
        Counter.CountAsync(new Arrival(counter, address ?? Home, userAgent, signals), Cancellation);

    private async Task<Outcome> OutcomeAtAsync(DateTimeOffset moment)
    {
        clock.Set(moment);
        return (await CountAsync(Browsers.Firefox)).Outcome;
    }
}
