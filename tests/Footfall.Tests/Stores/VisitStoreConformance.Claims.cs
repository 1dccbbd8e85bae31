using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>What a request comes to within one day.</content>
public abstract partial class VisitStoreConformance
{
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
        Assert.Equal([Visitors.Direct(Day, expected)], await AllDaysAsync());
    }

    [Fact]
    public async Task A_counter_s_first_request_may_be_one_that_is_not_counted()
    {
        Assert.Equal(
            new Receipt(Outcome.Bot, Visits: 0, Visitors: 0),
            await Store.AddAsync("/", Day, Outcome.Bot, Cancellation));
        Assert.Equal(new Tally(Bots: 1), await TotalAsync());
    }

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
                Visitors.Direct(Day, new Tally(Visits: 1, Visitors: 1)),
                Visitors.Direct(Day.AddDays(1), new Tally(Visits: 1, Visitors: 1)),
            ],
            await AllDaysAsync());
    }

    [Fact]
    public async Task A_moment_given_with_an_offset_is_tallied_under_its_utc_day()
    {
        await ClaimAsync("Ada", new DateTimeOffset(2026, 11, 23, 1, 30, 0, TimeSpan.FromHours(2)));

        Assert.Equal([Visitors.Direct(Day, new Tally(Visits: 1, Visitors: 1))], await AllDaysAsync());
    }
}
