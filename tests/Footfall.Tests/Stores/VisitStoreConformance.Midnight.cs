using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>The visit window does not end with the day.</content>
public abstract partial class VisitStoreConformance
{
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
                Visitors.Direct(Day, new Tally(Visits: 1, Visitors: 1)),
                Visitors.Direct(Day.AddDays(1), Tally.Of(expected, newVisitor: expected == Outcome.Visit)),
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

    public static TheoryData<double, double, Outcome> LateArrivalsOverMidnight => new()
    {
        { 1, -1, Outcome.Repeat },
        { 0, -1799.999, Outcome.Repeat },
        { 1798, -1, Outcome.Repeat },
        { 1800, -1, Outcome.Visit },
    };

    [Theory]
    [MemberData(nameof(LateArrivalsOverMidnight))]
    public async Task A_request_of_yesterday_that_arrives_late_finds_what_was_counted_since(
        double firstSeconds, double lateSeconds, Outcome expected)
    {
        Clock.Set(Midnight.AddSeconds(firstSeconds));
        await ClaimAsync("Ada", Midnight.AddSeconds(firstSeconds));

        var receipt = await ClaimAsync("Ada", Midnight.AddSeconds(lateSeconds));

        var counted = expected == Outcome.Visit ? 2 : 1;
        Assert.Equal(new Receipt(expected, counted, counted), receipt);
        Assert.Equal(
            [
                Visitors.Direct(Day, Tally.Of(expected, newVisitor: expected == Outcome.Visit)),
                Visitors.Direct(Day.AddDays(1), new Tally(Visits: 1, Visitors: 1)),
            ],
            await AllDaysAsync());
    }

    [Fact]
    public async Task A_late_request_of_yesterday_finds_the_first_visit_of_today_behind_a_second_one()
    {
        await ClaimAsync("Ada", Midnight.AddSeconds(1));
        await ClaimAsync("Ada", Midnight.AddSeconds(1) + Window);

        Assert.Equal(new Receipt(Outcome.Repeat, 2, 1), await ClaimAsync("Ada", Midnight.AddSeconds(-1)));
    }

    [Fact]
    public async Task Another_instance_s_late_request_of_yesterday_is_a_repeat_too()
    {
        var other = await OpenAnotherAsync();
        Assert.Equal(Outcome.Visit, (await other.ClaimAsync(Visitors.Claim("Grace", Midnight), Cancellation)).Outcome);
        await ClaimAsync("Ada", Midnight.AddSeconds(1));

        var late = await other.ClaimAsync(Visitors.Claim("Ada", Midnight.AddSeconds(-1)), Cancellation);

        Assert.Equal(new Receipt(Outcome.Repeat, 2, 2), late);
    }

    [Fact]
    public async Task Who_was_limited_or_a_repeat_after_midnight_is_not_noted_as_counted_before_it()
    {
        await ClaimFromOfficeAsync("Ada", Midnight);
        await ClaimFromOfficeAsync("Grace", Midnight);
        Assert.Equal(Outcome.Limited, (await ClaimFromOfficeAsync("Mallory", Midnight)).Outcome);

        Assert.Equal(new Receipt(Outcome.Visit, 3, 3), await ClaimFromOfficeAsync("Mallory", Midnight - Moment));
    }

    public static TheoryData<double, int> WindowsAndSeeds =>
        [.. from seconds in (double[])[1, 1_800, 21_600, 86_399, 86_400] from seed in (int[])[1, 2, 3] select (seconds, seed)];

    [Theory]
    [MemberData(nameof(WindowsAndSeeds))]
    public async Task Requests_closer_together_than_the_window_are_one_visit_in_whatever_order(double seconds, int seed)
    {
        IVisitStore[] instances = [Store, await OpenAnotherAsync()];
        var rules = new VisitRules { VisitWindow = TimeSpan.FromSeconds(seconds) };
        var random = new Random(seed);
        var visitors = Enumerable.Range(0, 8).ToList();
        foreach (var visitor in visitors)
        {
            var start = Midnight - (random.NextDouble() * rules.VisitWindow);
            var moments = Enumerable.Range(0, 5).Select(_ => start + (random.NextDouble() * (rules.VisitWindow - Moment))).ToList();
            foreach (var at in moments)
            {
                Clock.Set(Midnight + ((at - Midnight) * random.NextDouble()));
                await instances[random.Next(2)].ClaimAsync(
                    Visitors.Claim($"visitor {visitor}", at, rules: rules), Cancellation);
            }
        }

        Assert.Equal(new Tally(Visits: 8, Repeats: 32, Visitors: 8), await TotalAsync());
    }
}
