using System.Globalization;
using Footfall.Counting;
using Footfall.DynamoDb;

namespace Footfall.Tests.Stores;

public sealed class RecentClaimsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = VisitRules.DefaultVisitWindow;

    private readonly RecentClaims claims = new();

    [Fact]
    public void A_visitor_is_a_repeat_inside_the_window_and_returns_after_it()
    {
        Assert.Equal(ClaimCase.Newcomer, CaseOf("Ada", Noon));

        Note("Ada", Noon);

        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon));
        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon.AddHours(-2)));
        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon + Window - TimeSpan.FromTicks(1)));
        Assert.Equal(ClaimCase.Returning, CaseOf("Ada", Noon + Window));
        Assert.Equal(ClaimCase.Newcomer, CaseOf("Grace", Noon));
    }

    [Fact]
    public void The_latest_moment_stays()
    {
        Note("Ada", Noon);
        Note("Ada", Noon.AddHours(-1));

        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon + Window - TimeSpan.FromTicks(1)));

        Note("Ada", Noon + Window);
        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon + (2 * Window) - TimeSpan.FromTicks(1)));
        Assert.Equal(ClaimCase.Returning, CaseOf("Ada", Noon + (2 * Window)));
    }

    [Fact]
    public void The_window_holds_over_midnight()
    {
        Note("Ada", Midnight.AddMinutes(-10));

        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Midnight.AddMinutes(19)));
        Assert.Equal(ClaimCase.Newcomer, CaseOf("Ada", Midnight.AddMinutes(20)));
    }

    [Fact]
    public void Who_was_counted_the_day_before_yesterday_is_forgotten_with_the_first_claim_of_a_day()
    {
        Note("Ada", Noon);

        CaseOf("Grace", Noon.AddDays(1));
        Assert.Equal(ClaimCase.Repeating, CaseOf("Ada", Noon));

        CaseOf("Grace", Midnight.AddDays(1));
        Assert.Equal(ClaimCase.Newcomer, CaseOf("Ada", Noon));
    }

    [Fact]
    public void Of_many_visitors_the_latest_are_remembered_and_no_more_than_its_capacity()
    {
        const int Many = 3 * RecentClaims.Capacity;
        for (var visitor = 0; visitor < Many; visitor++)
        {
            Note(Name(visitor), Noon);
        }

        var remembered = Enumerable.Range(0, Many)
            .Where(visitor => CaseOf(Name(visitor), Noon) == ClaimCase.Repeating)
            .ToList();
        Assert.InRange(remembered.Count, RecentClaims.Capacity / 2, RecentClaims.Capacity);
        Assert.Equal(Enumerable.Range(Many - remembered.Count, remembered.Count), remembered);
    }

    [Fact]
    public void Many_threads_may_note_and_ask_at_once()
    {
        const int People = RecentClaims.Capacity / 2;
        var random = new Random(22);
        var visits = Enumerable.Range(0, 4 * People)
            .Select(_ => Visitors.Claim(Name(random.Next(People)), Noon.AddMilliseconds(random.Next(1_000_000))))
            .ToList();

        Parallel.ForEach(visits, visit =>
        {
            claims.Remember(visit.Visitor, visit.At);
            Assert.Equal(ClaimCase.Repeating, claims.CaseOf(visit));
        });

        foreach (var visitor in visits.GroupBy(visit => visit.Visitor))
        {
            var last = visitor.MaxBy(visit => visit.At)!;
            Assert.Equal(ClaimCase.Repeating, claims.CaseOf(last with { At = last.At + Window - TimeSpan.FromTicks(1) }));
            Assert.Equal(ClaimCase.Returning, claims.CaseOf(last with { At = last.At + Window }));
        }
    }

    private static string Name(int visitor) => visitor.ToString(CultureInfo.InvariantCulture);

    private ClaimCase CaseOf(string visitor, DateTimeOffset at) => claims.CaseOf(Visitors.Claim(visitor, at));

    private void Note(string visitor, DateTimeOffset at) => claims.Remember(Visitors.Claim(visitor, at).Visitor, at);
}
