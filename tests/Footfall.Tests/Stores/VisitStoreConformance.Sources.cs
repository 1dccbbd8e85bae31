using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>Where visits came from.</content>
public abstract partial class VisitStoreConformance
{
    private static readonly Source[] AnySources =
        [Source.Direct, Source.Link, Source.Other, Source.Named("linkedin"), Source.Named("web.de")];

    [Fact]
    public async Task A_visit_is_one_more_of_its_source_on_its_day()
    {
        await ClaimFromAsync("linkedin", "Ada", Noon);
        await ClaimFromAsync("link", "Grace", Noon);
        await ClaimFromAsync("linkedin", "Mary", Noon);
        await ClaimFromAsync("web.de", "Ada", Noon + Window);
        await ClaimFromAsync("linkedin", "Ada", Noon.AddDays(1));
        await ClaimFromAsync("github", "Ada", Noon, counter: "readme");

        Assert.Equal(
            [
                new DailyTally(Day, new Tally(Visits: 4, Visitors: 3), Sources(("link", 1), ("linkedin", 2), ("web.de", 1))),
                new DailyTally(Day.AddDays(1), new Tally(Visits: 1, Visitors: 1), Sources(("linkedin", 1))),
            ],
            await AllDaysAsync());
        Assert.Equal(
            [new DailyTally(Day, new Tally(Visits: 1, Visitors: 1), Sources(("github", 1)))],
            await AllDaysAsync("readme"));
    }

    [Fact]
    public async Task What_is_no_visit_has_no_source()
    {
        var rules = new VisitRules { AddressLimit = 1 };
        await ClaimAsync("Ada", Noon, address: "office", rules: rules);

        foreach (var visitor in new[] { "Ada", "Grace" })
        {
            await Store.ClaimAsync(
                Visitors.Claim(visitor, Noon, address: "office", rules: rules, source: Source.Other), Cancellation);
        }

        await Store.AddAsync("/", Day, Outcome.Bot, Cancellation);

        Assert.Equal(
            [Visitors.Direct(Day, new Tally(Visits: 1, Repeats: 1, Bots: 1, Limited: 1, Visitors: 1))],
            await AllDaysAsync());
    }

    [Fact]
    public async Task Sources_of_concurrent_visitors_of_whom_many_are_retried_add_up_to_the_visits()
    {
        const int Visits = 300;
        var other = await OpenAnotherAsync();
        var random = new Random(20261126);
        var sent = Enumerable.Range(0, Visits).SelectMany(visitor => Enumerable.Repeat(visitor, 1 + random.Next(3)))
            .OrderBy(_ => random.Next())
            .ToList();

        await RecordConcurrentlyAsync(sent, (visitor, number) => (number % 2 == 0 ? Store : other).ClaimAsync(
            Visitors.Claim($"visitor {visitor}", Noon, source: AnySources[visitor % AnySources.Length]), Cancellation));

        var day = Assert.Single(await AllDaysAsync());
        Assert.Equal(Visits, day.Tally.Visits);
        Assert.Equal(
            SourceCounts.Of(AnySources.Select(source => KeyValuePair.Create(source, (long)Visits / AnySources.Length))),
            day.Sources);
        Assert.Equal(day.Sources, day.SourcesOfAllVisits);
    }

    [Fact]
    public async Task A_source_is_read_as_it_was_whatever_its_name()
    {
        string[] names = [new string('z', Source.MaxNameLength), "a", "0", "-", ".", "levels.fyi", "unknown-to-this-program"];
        for (var number = 0; number < names.Length; number++)
        {
            await ClaimFromAsync(names[number], $"visitor {number}", Noon);
        }

        Assert.Equal(Sources([.. names.Select(name => (name, 1L))]), Assert.Single(await AllDaysAsync()).Sources);
    }

    private static SourceCounts Sources(params (string Name, long Visits)[] counts) =>
        SourceCounts.Of(counts.Select(count => KeyValuePair.Create(Source.Named(count.Name), count.Visits)));

    private async Task ClaimFromAsync(string source, string visitor, DateTimeOffset at, string counter = "/")
    {
        var receipt = await Store.ClaimAsync(
            Visitors.Claim(visitor, at, counter, source: Source.Named(source)), Cancellation);
        Assert.Equal(Outcome.Visit, receipt.Outcome);
    }
}
