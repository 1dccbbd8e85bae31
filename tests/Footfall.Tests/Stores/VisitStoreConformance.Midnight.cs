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
}
