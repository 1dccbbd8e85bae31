using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>Whatever happens comes to what the rules say.</content>
public abstract partial class VisitStoreConformance
{
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
        Source[] sources = [Source.Direct, Source.Link, Source.Other, Source.Named("linkedin")];
        var rules = new VisitRules { AddressLimit = 3, NetworkLimit = 4 };
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
                    $"browser {random.Next(6)}", at, counter, address: $"network {random.Next(2)}:{random.Next(2)}", rules, sources[random.Next(sources.Length)]);
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

    /// <summary>
    /// Requests of a few visitors within a few windows around midnight, in an order that has nothing to do with their
    /// moments, as from instances whose clocks differ: what is counted lies at least a window apart.
    /// </summary>
    [Theory]
    [MemberData(nameof(WindowsAndSeeds))]
    public async Task Any_order_around_midnight_comes_to_what_the_rules_say(double seconds, int seed)
    {
        IVisitStore[] instances = [Store, await OpenAnotherAsync()];
        var random = new Random(seed);
        var model = new Model();
        var rules = new VisitRules { VisitWindow = TimeSpan.FromSeconds(seconds) };
        var span = TimeSpan.FromTicks(Math.Min((3 * rules.VisitWindow).Ticks, TimeSpan.FromHours(23).Ticks));
        var counted = new List<(int Visitor, DateTimeOffset At)>();
        for (var step = 0; step < 40; step++)
        {
            var visitor = random.Next(3);
            var at = Midnight + (((2 * random.NextDouble()) - 1) * span);
            var claim = Visitors.Claim($"visitor {visitor}", at, rules: rules);
            var expected = model.Claim(claim);

            var actual = await instances[random.Next(2)].ClaimAsync(claim, Cancellation);

            Assert.True(expected == actual, $"seed {seed}, step {step}: expected {expected}, found {actual}");
            if (actual.Outcome == Outcome.Visit)
            {
                Assert.DoesNotContain(
                    counted, other => other.Visitor == visitor && (other.At - at).Duration() < rules.VisitWindow);
                counted.Add((visitor, at));
            }
        }

        Assert.Equal(model.Days("/"), await AllDaysAsync());
    }

    private sealed class Model
    {
        private readonly Dictionary<(string Counter, DateOnly Day), Tally> tallies = [];
        private readonly Dictionary<(string Counter, DateOnly Day), SourceCounts> sources = [];
        private readonly Dictionary<Pseudonym, DateTimeOffset> lastCounted = [];
        private readonly Dictionary<Pseudonym, int> broughtBy = [];

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

            if (!countedToday && IsOverLimit(claim))
            {
                return Record(claim.Counter, claim.Day, Outcome.Limited, Tally.Of(Outcome.Limited));
            }

            lastCounted[claim.Visitor] = claim.At;
            if (claim.VisitorYesterday is { } noted)
            {
                lastCounted[noted] = claim.At;
            }

            if (!countedToday)
            {
                broughtBy[claim.Address] = broughtBy.GetValueOrDefault(claim.Address) + 1;
                broughtBy[claim.Network!.Value] = broughtBy.GetValueOrDefault(claim.Network.Value) + 1;
            }

            var day = (claim.Counter, claim.Day);
            sources[day] = sources.GetValueOrDefault(day, SourceCounts.None)
                + SourceCounts.Of(KeyValuePair.Create(claim.Source, 1L));
            return Record(claim.Counter, claim.Day, Outcome.Visit, Tally.Of(Outcome.Visit, newVisitor: !countedToday));
        }

        public Tally Total(string counter) => Days(counter).Aggregate(default(Tally), (sum, day) => sum + day.Tally);

        public List<DailyTally> Days(string counter) =>
            [.. tallies.Where(entry => string.Equals(entry.Key.Counter, counter, StringComparison.Ordinal))
                .Select(entry => new DailyTally(
                    entry.Key.Day, entry.Value, sources.GetValueOrDefault(entry.Key, SourceCounts.None)))
                .OrderBy(day => day.Day)];

        private bool IsOverLimit(VisitorClaim claim) =>
            broughtBy.GetValueOrDefault(claim.Address) >= claim.Rules.AddressLimit
            || broughtBy.GetValueOrDefault(claim.Network!.Value) >= claim.Rules.NetworkLimit;

        private Receipt Record(string counter, DateOnly day, Outcome outcome, Tally tally)
        {
            tallies[(counter, day)] = tallies.GetValueOrDefault((counter, day)) + tally;
            var total = Total(counter);
            return new Receipt(outcome, total.Visits, total.Visitors);
        }
    }
}
