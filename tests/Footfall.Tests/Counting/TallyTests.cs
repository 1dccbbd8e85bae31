using Footfall.Counting;

namespace Footfall.Tests.Counting;

public sealed class TallyTests
{
    [Fact]
    public void Every_outcome_is_one_request_under_its_own_name()
    {
        foreach (var outcome in OutcomeNames.All)
        {
            var one = Tally.Of(outcome);
            Assert.Equal(1, one.Requests);
            Assert.All(OutcomeNames.All, other => Assert.Equal(other == outcome ? 1 : 0, one[other]));
        }

        Assert.Equal(
            ["visit", "repeat", "bot", "prefetch", "opted-out", "limited"], OutcomeNames.All.Select(outcome => outcome.Name()));
    }

    [Fact]
    public void Tallies_add_up_and_take_apart()
    {
        var sum = OutcomeNames.All.Aggregate(default(Tally), (tally, outcome) => tally + Tally.Of(outcome, newVisitor: true));
        Assert.Equal(new Tally(1, 1, 1, 1, 1, 1, Visitors: 1), sum);
        Assert.Equal(6, sum.Requests);
        Assert.Equal(default, sum - sum);
    }
}
