using System.Collections.Concurrent;
using System.Globalization;
using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <summary>
/// What <see cref="IVisitStore"/> promises, for any store: inherit, and say how one is opened.
/// </summary>
public abstract class VisitStoreConformance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    protected static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    protected static readonly DateOnly Day = new(2026, 11, 22);

    private static readonly TimeSpan Window = VisitRules.DefaultVisitWindow;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<IVisitStore> opened = [];

    /// <summary>The time for every store of the test; stands at <see cref="Noon"/> until it is set.</summary>
    protected ManualClock Clock { get; } = new(Noon);

    /// <summary>The first instance, on a database that was empty.</summary>
    protected IVisitStore Store { get; private set; } = null!;

    /// <summary>
    /// How many requests the concurrent cases keep under way at once. All of them, unless the medium would only
    /// refuse the most.
    /// </summary>
    protected virtual int Concurrency => 2_000;

    /// <summary>
    /// An instance on the test's own database, which is empty before the first; each further instance stands for
    /// another process. It is disposed with the test if it can be.
    /// </summary>
    protected abstract Task<IVisitStore> OpenAsync(TimeProvider clock);

    /// <summary>Removes what the test's database left behind; every instance has been disposed.</summary>
    protected virtual ValueTask DeleteAsync() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync() => Store = await OpenAnotherAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            await CloseAsync(store);
        }

        await DeleteAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected async Task<IVisitStore> OpenAnotherAsync()
    {
        var store = await OpenAsync(Clock);
        opened.Add(store);
        return store;
    }

    protected static async ValueTask CloseAsync(IVisitStore store)
    {
        switch (store)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    // Salts

    [Fact]
    public async Task The_first_salt_of_a_day_is_kept_for_every_later_caller()
    {
        var first = Visitors.SaltOf("first");

        AssertSame(first, await Store.GetOrAddSaltAsync(Day, first, Cancellation));
        AssertSame(first, await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf("second"), Cancellation));
        AssertSame(first, await Store.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task Each_day_has_a_salt_of_its_own()
    {
        var tomorrow = Day.AddDays(1);
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf("today"), Cancellation);
        await Store.GetOrAddSaltAsync(tomorrow, Visitors.SaltOf("tomorrow"), Cancellation);

        AssertSame(Visitors.SaltOf("today"), await Store.FindSaltAsync(Day, Cancellation));
        AssertSame(Visitors.SaltOf("tomorrow"), await Store.FindSaltAsync(tomorrow, Cancellation));
    }

    [Fact]
    public async Task Looking_for_a_salt_makes_none()
    {
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task Concurrent_callers_of_two_instances_are_given_one_salt()
    {
        var other = await OpenAnotherAsync();

        var salts = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Retrying(() =>
            (number % 2 == 0 ? Store : other).GetOrAddSaltAsync(
                Day, Visitors.SaltOf(number.ToString(CultureInfo.InvariantCulture)), Cancellation))));

        Assert.Single(salts.Select(salt => Convert.ToHexString(salt.Bytes)).Distinct(StringComparer.Ordinal));
        AssertSame(salts[0], await other.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task A_salt_is_gone_when_the_next_day_has_ended()
    {
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);

        Clock.Set(Retention.Expiry(Day) - Moment);
        Assert.NotNull(await Store.FindSaltAsync(Day, Cancellation));

        Clock.Set(Retention.Expiry(Day));
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
    }

    // Outcomes that need no visitor

    [Theory]
    [InlineData(Outcome.Bot)]
    [InlineData(Outcome.Prefetch)]
    [InlineData(Outcome.OptedOut)]
    public async Task A_request_decided_without_its_visitor_is_tallied_and_changes_no_count(Outcome outcome)
    {
        await ClaimAsync("Ada", Noon);

        var receipt = await Store.AddAsync("/", Day, outcome, Cancellation);

        Assert.Equal(new Receipt(outcome, Visits: 1, Visitors: 1), receipt);
        var expected = Tally.Of(Outcome.Visit, newVisitor: true) + Tally.Of(outcome);
        Assert.Equal(expected, await TotalAsync());
        Assert.Equal([new DailyTally(Day, expected)], await AllDaysAsync());
    }

    [Fact]
    public async Task A_counter_s_first_request_may_be_one_that_is_not_counted()
    {
        Assert.Equal(
            new Receipt(Outcome.Bot, Visits: 0, Visitors: 0),
            await Store.AddAsync("/", Day, Outcome.Bot, Cancellation));
        Assert.Equal(new Tally(Bots: 1), await TotalAsync());
    }

    // Visit and repeat

    public static TheoryData<string, double, Outcome> SecondArrivals => new()
    {
        { "at once", 0, Outcome.Repeat },
        { "a minute later", 60_000, Outcome.Repeat },
        { "a millisecond before the window ends", 1_799_999, Outcome.Repeat },
        { "exactly when the window ends", 1_800_000, Outcome.Visit },
        { "after the window", 1_800_001, Outcome.Visit },
        { "out of order, a little earlier", -60_000, Outcome.Repeat },
        { "out of order, much earlier", -7_200_000, Outcome.Repeat },
    };

    [Theory]
    [MemberData(nameof(SecondArrivals))]
    public async Task The_same_visitor_again(string when, double millisecondsLater, Outcome expected)
    {
        Assert.NotEmpty(when);
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimAsync("Ada", Noon));

        var receipt = await ClaimAsync("Ada", Noon.AddMilliseconds(millisecondsLater));

        var visits = expected == Outcome.Visit ? 2 : 1;
        Assert.Equal(new Receipt(expected, visits, Visitors: 1), receipt);
        Assert.Equal(new Tally(Visits: visits, Repeats: 2 - visits, Visitors: 1), await TotalAsync());
    }

    [Fact]
    public async Task The_window_is_the_rules_own()
    {
        var rules = new VisitRules { VisitWindow = TimeSpan.FromSeconds(1) };
        await ClaimAsync("Ada", Noon, rules: rules);

        Assert.Equal(Outcome.Repeat, (await ClaimAsync("Ada", Noon.AddMilliseconds(999), rules: rules)).Outcome);
        Assert.Equal(Outcome.Visit, (await ClaimAsync("Ada", Noon.AddMilliseconds(1000), rules: rules)).Outcome);
    }

    [Fact]
    public async Task The_window_is_measured_from_the_last_counted_visit_and_not_from_a_repeat()
    {
        await ClaimAsync("Ada", Noon);
        Assert.Equal(Outcome.Repeat, (await ClaimAsync("Ada", Noon + Window - Moment)).Outcome);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 1), await ClaimAsync("Ada", Noon + Window));
        Assert.Equal(Outcome.Repeat, (await ClaimAsync("Ada", Noon + (2 * Window) - Moment)).Outcome);
        Assert.Equal(new Receipt(Outcome.Visit, 3, 1), await ClaimAsync("Ada", Noon + (2 * Window)));
    }

    [Fact]
    public async Task Two_visitors_are_two_visits_and_two_visitors()
    {
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimAsync("Ada", Noon));
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimAsync("Grace", Noon));
        Assert.Equal(new Receipt(Outcome.Repeat, 2, 2), await ClaimAsync("Ada", Noon));
    }

    [Fact]
    public async Task A_visitor_of_yesterday_is_a_new_visitor_today()
    {
        await ClaimAsync("Ada", Noon);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimAsync("Ada", Noon.AddDays(1)));
        Assert.Equal(
            [
                new DailyTally(Day, new Tally(Visits: 1, Visitors: 1)),
                new DailyTally(Day.AddDays(1), new Tally(Visits: 1, Visitors: 1)),
            ],
            await AllDaysAsync());
    }

    public static TheoryData<double, double, Outcome> ArrivalsOverMidnight => new()
    {
        { -60, 60, Outcome.Repeat },
        { -1799, 0, Outcome.Repeat },
        { -1800, 0, Outcome.Visit },
        { -1, 1798, Outcome.Repeat },
        { -1, 1799, Outcome.Visit },
        { -1, 1800, Outcome.Visit },
    };

    [Theory]
    [MemberData(nameof(ArrivalsOverMidnight))]
    public async Task The_window_holds_over_midnight(double firstSeconds, double secondSeconds, Outcome expected)
    {
        Clock.Set(Midnight.AddSeconds(firstSeconds));
        await ClaimAsync("Ada", Midnight.AddSeconds(firstSeconds));

        Clock.Set(Midnight.AddSeconds(secondSeconds));
        var receipt = await ClaimAsync("Ada", Midnight.AddSeconds(secondSeconds));

        var counted = expected == Outcome.Visit ? 2 : 1;
        Assert.Equal(new Receipt(expected, counted, counted), receipt);
        Assert.Equal(
            [
                new DailyTally(Day, new Tally(Visits: 1, Visitors: 1)),
                new DailyTally(Day.AddDays(1), Tally.Of(expected, newVisitor: expected == Outcome.Visit)),
            ],
            await AllDaysAsync());
    }

    [Fact]
    public async Task A_repeat_over_midnight_does_not_begin_a_window_of_its_own()
    {
        await ClaimAsync("Ada", Midnight.AddMinutes(-20));
        Assert.Equal(Outcome.Repeat, (await ClaimAsync("Ada", Midnight.AddMinutes(5))).Outcome);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimAsync("Ada", Midnight.AddMinutes(10)));
        Assert.Equal(Outcome.Repeat, (await ClaimAsync("Ada", Midnight.AddMinutes(20))).Outcome);
    }

    [Fact]
    public async Task A_moment_given_with_an_offset_is_tallied_under_its_utc_day()
    {
        await ClaimAsync("Ada", new DateTimeOffset(2026, 11, 23, 1, 30, 0, TimeSpan.FromHours(2)));

        Assert.Equal([new DailyTally(Day, new Tally(Visits: 1, Visitors: 1))], await AllDaysAsync());
    }

    // The address limit

    private static readonly VisitRules TwoAnAddress = new() { AddressLimit = 2 };

    [Fact]
    public async Task An_address_brings_no_more_new_visitors_than_its_limit()
    {
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimFromOfficeAsync("Ada", Noon));
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimFromOfficeAsync("Grace", Noon));
        Assert.Equal(new Receipt(Outcome.Limited, 2, 2), await ClaimFromOfficeAsync("Mallory", Noon));
        Assert.Equal(new Receipt(Outcome.Limited, 2, 2), await ClaimFromOfficeAsync("Mallory", Noon + Window));

        Assert.Equal(new Tally(Visits: 2, Limited: 2, Visitors: 2), await TotalAsync());
    }

    [Fact]
    public async Task Visitors_whom_a_full_address_has_already_brought_are_still_counted()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(new Receipt(Outcome.Repeat, 2, 2), await ClaimFromOfficeAsync("Ada", Noon));
        Assert.Equal(new Receipt(Outcome.Visit, 3, 2), await ClaimFromOfficeAsync("Ada", Noon + Window));
        Assert.Equal(Outcome.Limited, (await ClaimFromOfficeAsync("Mallory", Noon + Window)).Outcome);
    }

    [Fact]
    public async Task A_returning_visitor_does_not_use_up_the_limit()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Ada", Noon + Window);
        await ClaimFromOfficeAsync("Ada", Noon + (2 * Window));

        Assert.Equal(Outcome.Visit, (await ClaimFromOfficeAsync("Grace", Noon + (2 * Window))).Outcome);
    }

    [Fact]
    public async Task The_limit_is_each_address_s_and_each_counter_s_own()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(Outcome.Visit, (await ClaimAsync("Linus", Noon, address: "home", rules: TwoAnAddress)).Outcome);
        Assert.Equal(
            Outcome.Visit,
            (await ClaimAsync("Mallory", Noon, "readme", "office", TwoAnAddress)).Outcome);
    }

    [Fact]
    public async Task The_limit_begins_anew_each_day()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(Outcome.Visit, (await ClaimFromOfficeAsync("Mallory", Noon.AddDays(1))).Outcome);
    }

    [Fact]
    public async Task A_limited_visitor_was_not_counted_and_so_does_not_become_a_repeat()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);
        await ClaimFromOfficeAsync("Mallory", Noon);

        var generous = new VisitRules { AddressLimit = 3 };
        Assert.Equal(
            new Receipt(Outcome.Visit, 3, 3), await ClaimAsync("Mallory", Noon, address: "office", rules: generous));
    }

    [Fact]
    public async Task A_repeat_over_midnight_is_a_repeat_even_from_a_full_address()
    {
        await ClaimFromOfficeAsync("Ada", Midnight - Moment);
        await ClaimFromOfficeAsync("Grace", Midnight);
        await ClaimFromOfficeAsync("Linus", Midnight);

        Assert.Equal(Outcome.Repeat, (await ClaimFromOfficeAsync("Ada", Midnight)).Outcome);
        Assert.Equal(Outcome.Limited, (await ClaimFromOfficeAsync("Ada", Midnight + Window)).Outcome);
    }

    // Reading

    [Fact]
    public async Task An_unused_counter_reads_as_zeros_without_days()
    {
        Assert.Equal(default, await TotalAsync());
        Assert.Empty(await AllDaysAsync());
    }

    [Fact]
    public async Task Counters_do_not_mix()
    {
        string[] counters = ["/", "/cv/", "readme", "Readme", "readme ", "ñandú", "day#2026-11-22"];
        foreach (var counter in counters)
        {
            Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimAsync("Ada", Noon, counter));
        }

        await Store.AddAsync("readme", Day, Outcome.Bot, Cancellation);

        foreach (var counter in counters)
        {
            var expected = new Tally(Visits: 1, Visitors: 1, Bots: counter is "readme" ? 1 : 0);
            Assert.Equal(expected, await TotalAsync(counter));
            Assert.Equal([new DailyTally(Day, expected)], await AllDaysAsync(counter));
        }
    }

    [Fact]
    public async Task Days_are_read_in_order_from_the_first_to_the_last_without_the_empty_ones()
    {
        DateOnly[] days = [new(2026, 11, 30), new(2025, 12, 31), new(2026, 11, 2), new(2026, 12, 1), new(2026, 1, 1)];
        foreach (var day in days)
        {
            await Store.AddAsync("/", day, Outcome.Bot, Cancellation);
        }

        Assert.Equal(
            [new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 30)],
            await DaysReadAsync(new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 30)));
        Assert.Equal(
            [new DateOnly(2026, 11, 2)],
            await DaysReadAsync(new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 2)));
        Assert.Empty(await DaysReadAsync(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 29)));
        Assert.Empty(await DaysReadAsync(new DateOnly(2026, 11, 30), new DateOnly(2026, 1, 1)));
        Assert.Equal(5, (await AllDaysAsync()).Count);
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        await ClaimAsync("Ada", Noon);
        var before = (await TotalAsync(), await AllDaysAsync());

        await Store.CheckAsync(Cancellation);
        await Store.ReadTotalAsync("other", Cancellation);
        await Store.FindSaltAsync(Day, Cancellation);

        Assert.Equal(before.Item1, await TotalAsync());
        Assert.Equal(before.Item2, await AllDaysAsync());
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimAsync("Grace", Noon));
    }

    [Fact]
    public async Task What_one_instance_recorded_another_reads_and_goes_on_from()
    {
        var other = await OpenAnotherAsync();
        await ClaimAsync("Ada", Noon);

        Assert.Equal(
            new Receipt(Outcome.Repeat, 1, 1), await other.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));
        Assert.Equal(
            new Receipt(Outcome.Visit, 2, 2), await other.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Equal(new Receipt(Outcome.Visit, 3, 3), await ClaimAsync("Linus", Noon));
        Assert.Equal(await TotalAsync(), await other.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task What_was_recorded_is_there_when_the_store_is_opened_again()
    {
        await ClaimAsync("Ada", Noon);
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);
        var before = (await TotalAsync(), await AllDaysAsync());
        await CloseAsync(Store);

        var again = await OpenAnotherAsync();

        Assert.Equal(before.Item1, await again.ReadTotalAsync("/", Cancellation));
        Assert.Equal(before.Item2, await again.ReadDaysAsync("/", Day, Day, Cancellation));
        AssertSame(Visitors.SaltOf(Day), await again.FindSaltAsync(Day, Cancellation));
        Assert.Equal(Outcome.Repeat, (await again.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_cancelled_request_says_so()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ClaimAsync(Visitors.Claim("Ada", Noon), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AddAsync("/", Day, Outcome.Bot, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CheckAsync(cancelled));
    }

    // Concurrency

    [Fact]
    public async Task A_thousand_concurrent_visitors_of_whom_a_third_is_retried_are_exactly_a_thousand_visits()
    {
        const int Visits = 1_000;
        var other = await OpenAnotherAsync();
        var random = new Random(20261122);
        var sent = Enumerable.Range(0, Visits)
            .SelectMany(visitor => Enumerable.Repeat(visitor, random.Next(3) == 0 ? 2 : 1))
            .OrderBy(_ => random.Next())
            .ToList();

        var (receipts, attempts) = await RecordConcurrentlyAsync(sent, (visitor, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim($"visitor {visitor}", Noon), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(Visits, total.Visits);
        Assert.Equal(Visits, total.Visitors);
        Assert.Equal(total.Visits + total.Repeats, total.Requests);
        Assert.InRange(total.Requests, receipts.Count, attempts);
        Assert.Equal([new DailyTally(Day, total)], await AllDaysAsync());
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
        Assert.All(receipts, receipt => Assert.InRange(receipt.Visits, 1, Visits));
    }

    [Fact]
    public async Task The_same_visitor_many_times_at_once_is_one_visit()
    {
        var other = await OpenAnotherAsync();

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 50)], (_, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(new Tally(Visits: 1, Visitors: 1, Repeats: total.Repeats), total);
        Assert.InRange(total.Requests, receipts.Count, attempts);
        Assert.All(receipts, receipt => Assert.Equal((1, 1), (receipt.Visits, receipt.Visitors)));
    }

    [Fact]
    public async Task A_returning_visitor_many_times_at_once_is_one_visit_more()
    {
        var other = await OpenAnotherAsync();
        var first = await ClaimAsync("Ada", Noon);

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 50)], (_, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim("Ada", Noon + Window), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(new Tally(Visits: 2, Visitors: 1, Repeats: total.Repeats), total);
        AssertOutcomesAgree([first, .. receipts], total, unanswered: attempts - receipts.Count);
    }

    [Fact]
    public async Task Many_new_visitors_of_one_address_at_once_do_not_exceed_its_limit()
    {
        var other = await OpenAnotherAsync();

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 60)], (visitor, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(
                Visitors.Claim($"visitor {visitor}", Noon, address: "office"), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(VisitRules.DefaultAddressLimit, total.Visits);
        Assert.Equal(VisitRules.DefaultAddressLimit, total.Visitors);
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
    }

    [Fact]
    public async Task All_outcomes_at_once_add_up_per_day_and_for_all_time()
    {
        Outcome[] headerDecided = [Outcome.Bot, Outcome.Prefetch, Outcome.OptedOut];
        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 300)], (item, number) =>
            item % 2 == 0
                ? Store.ClaimAsync(
                    Visitors.Claim($"visitor {item % 40}", Noon.AddDays(item % 3), address: "office"), Cancellation)
                : Store.AddAsync("/", Day.AddDays(item % 4), headerDecided[number % 3], Cancellation));

        var total = await TotalAsync();
        var days = await AllDaysAsync();
        Assert.Equal(total, days.Aggregate(default(Tally), (sum, day) => sum + day.Tally));
        Assert.InRange(total.Requests, receipts.Count, attempts);
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
    }

    // Against a model

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    /// <summary>
    /// A random history over few visitors, addresses, counters and hours, at two instances, some of it out of order.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_history_comes_to_what_the_rules_say(int seed)
    {
        IVisitStore[] instances = [Store, await OpenAnotherAsync()];
        var random = new Random(seed);
        var model = new Model();
        string[] counters = ["/", "readme"];
        var rules = new VisitRules { AddressLimit = 3 };
        var now = Noon;
        for (var step = 0; step < 250; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(20) == 0 ? random.Next(20_000) : random.Next(600));
            Clock.Set(now);
            var at = now - TimeSpan.FromMilliseconds(random.Next(5) == 0 ? random.Next(5_000) : 0);
            var counter = counters[random.Next(counters.Length)];
            var store = instances[random.Next(instances.Length)];
            Receipt expected;
            Receipt actual;
            if (random.Next(5) == 0)
            {
                var outcome = (Outcome)random.Next((int)Outcome.Bot, (int)Outcome.OptedOut + 1);
                var day = DateOnly.FromDateTime(at.UtcDateTime);
                expected = model.Add(counter, day, outcome);
                actual = await store.AddAsync(counter, day, outcome, Cancellation);
            }
            else
            {
                var claim = Visitors.Claim(
                    $"browser {random.Next(6)}", at, counter, address: $"address {random.Next(2)}", rules);
                expected = model.Claim(claim);
                actual = await store.ClaimAsync(claim, Cancellation);
            }

            Assert.True(expected == actual, $"seed {seed}, step {step}: expected {expected}, found {actual}");
        }

        foreach (var counter in counters)
        {
            Assert.Equal(model.Total(counter), await TotalAsync(counter));
            Assert.Equal(model.Days(counter), await AllDaysAsync(counter));
        }
    }

    private sealed class Model
    {
        private readonly Dictionary<(string Counter, DateOnly Day), Tally> tallies = [];
        private readonly Dictionary<Pseudonym, DateTimeOffset> lastCounted = [];
        private readonly Dictionary<Pseudonym, int> broughtByAddress = [];

        public Receipt Add(string counter, DateOnly day, Outcome outcome) =>
            Record(counter, day, outcome, Tally.Of(outcome));

        public Receipt Claim(VisitorClaim claim)
        {
            var countedToday = lastCounted.TryGetValue(claim.Visitor, out var today);
            if ((countedToday && today > claim.WindowStart)
                || (claim.VisitorYesterday is { } before
                    && lastCounted.TryGetValue(before, out var yesterday)
                    && yesterday > claim.WindowStart))
            {
                return Record(claim.Counter, claim.Day, Outcome.Repeat, Tally.Of(Outcome.Repeat));
            }

            var brought = broughtByAddress.GetValueOrDefault(claim.Address);
            if (!countedToday && brought >= claim.Rules.AddressLimit)
            {
                return Record(claim.Counter, claim.Day, Outcome.Limited, Tally.Of(Outcome.Limited));
            }

            lastCounted[claim.Visitor] = claim.At;
            broughtByAddress[claim.Address] = countedToday ? brought : brought + 1;
            return Record(claim.Counter, claim.Day, Outcome.Visit, Tally.Of(Outcome.Visit, newVisitor: !countedToday));
        }

        public Tally Total(string counter) => Days(counter).Aggregate(default(Tally), (sum, day) => sum + day.Tally);

        public List<DailyTally> Days(string counter) =>
            [.. tallies.Where(entry => string.Equals(entry.Key.Counter, counter, StringComparison.Ordinal))
                .Select(entry => new DailyTally(entry.Key.Day, entry.Value))
                .OrderBy(day => day.Day)];

        private Receipt Record(string counter, DateOnly day, Outcome outcome, Tally tally)
        {
            tallies[(counter, day)] = tallies.GetValueOrDefault((counter, day)) + tally;
            var total = Total(counter);
            return new Receipt(outcome, total.Visits, total.Visitors);
        }
    }

    // Helpers

    protected Task<Receipt> ClaimAsync(
        string visitor, DateTimeOffset at, string counter = "/", string? address = null, VisitRules? rules = null) =>
        Store.ClaimAsync(Visitors.Claim(visitor, at, counter, address, rules), Cancellation);

    protected Task<Tally> TotalAsync(string counter = "/") => Store.ReadTotalAsync(counter, Cancellation);

    protected Task<IReadOnlyList<DailyTally>> AllDaysAsync(string counter = "/") =>
        Store.ReadDaysAsync(counter, DateOnly.MinValue, DateOnly.MaxValue, Cancellation);

    private Task<Receipt> ClaimFromOfficeAsync(string visitor, DateTimeOffset at) =>
        ClaimAsync(visitor, at, address: "office", rules: TwoAnAddress);

    private async Task<IEnumerable<DateOnly>> DaysReadAsync(DateOnly from, DateOnly to) =>
        (await Store.ReadDaysAsync("/", from, to, Cancellation)).Select(day => day.Day);

    private static void AssertSame(Salt expected, Salt? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Bytes, actual.Bytes);
    }

    /// <summary>
    /// Records every item, each one again until it is acknowledged, as a patient client would.
    /// </summary>
    /// <returns>One receipt an item, and how often the store was asked.</returns>
    private async Task<(IReadOnlyCollection<Receipt> Receipts, int Attempts)> RecordConcurrentlyAsync(
        IReadOnlyList<int> items, Func<int, int, Task<Receipt>> record)
    {
        var attempts = 0;
        var receipts = new ConcurrentBag<Receipt>();
        using var places = new SemaphoreSlim(Concurrency);
        await Task.WhenAll(items.Select(async (item, number) =>
        {
            await places.WaitAsync(Cancellation);
            try
            {
                receipts.Add(await Retrying(() =>
                {
                    Interlocked.Increment(ref attempts);
                    return Task.Run(() => record(item, number), Cancellation);
                }));
            }
            finally
            {
                places.Release();
            }
        }));
        return (receipts, attempts);
    }

    private static async Task<T> Retrying<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (StoreUnavailableException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
            }
        }
    }

    // A request that failed may have been recorded without its answer: then the ledger has it and no receipt does.
    private static void AssertOutcomesAgree(IReadOnlyCollection<Receipt> receipts, Tally total, int unanswered) =>
        Assert.All(OutcomeNames.All, outcome =>
        {
            var answered = receipts.Count(receipt => receipt.Outcome == outcome);
            Assert.InRange(total[outcome], answered, answered + unanswered);
        });
}
