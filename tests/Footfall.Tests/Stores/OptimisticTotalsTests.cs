using Footfall.Counting;
using Footfall.DynamoDb;

namespace Footfall.Tests.Stores;

/// <summary>When an instance expects of a counter's total what it last saw.</summary>
public sealed class OptimisticTotalsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new(Noon);
    private readonly OptimisticTotals totals;

    public OptimisticTotalsTests() => totals = new(clock);

    [Fact]
    public void What_was_never_seen_is_not_expected()
    {
        totals.Remember("/", new Tally(Visits: 1));

        Assert.Null(totals.Find("readme"));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(7, 8)]
    public void What_grew_by_no_more_than_one_visit_is_expected(long before, long now)
    {
        totals.Remember("/", new Tally(Visits: before));
        totals.Remember("/", new Tally(Visits: now));

        Assert.Equal(new Tally(Visits: now), totals.Find("/"));
    }

    [Fact]
    public void What_others_were_seen_to_count_is_expected_again_after_a_second()
    {
        totals.Remember("/", new Tally(Visits: 7));
        totals.Remember("/", new Tally(Visits: 9));
        Assert.Null(totals.Find("/"));

        clock.Set(Noon.AddMilliseconds(999));
        Assert.Null(totals.Find("/"));

        clock.Set(Noon.AddSeconds(1));
        Assert.Equal(new Tally(Visits: 9), totals.Find("/"));
    }

    [Fact]
    public void Visits_of_its_own_do_not_shorten_that_second()
    {
        totals.RememberContended("/", new Tally(Visits: 8));
        totals.Remember("/", new Tally(Visits: 9));

        Assert.Null(totals.Find("/"));
    }
}
