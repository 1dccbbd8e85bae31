using System.Globalization;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Reporting;

/// <summary>Puts visits of chosen days into a store.</summary>
public sealed class CountedDays(IVisitStore store, ILinkStore links)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private int visitors;

    /// <summary>As many visitors of a counter on a day, each with one visit.</summary>
    public async Task VisitAsync(string day, int count = 1, string counter = "/", Source source = default)
    {
        for (var i = 0; i < count; i++)
        {
            visitors++;
            var claim = Visitors.Claim($"visitor {visitors}", NoonOf(day), counter) with { Source = source };
            Assert.Equal(Outcome.Visit, (await store.ClaimAsync(claim, Stop)).Outcome);
        }
    }

    public async Task AddAsync(string day, Outcome outcome, int count = 1, string counter = "/")
    {
        for (var i = 0; i < count; i++)
        {
            await store.AddAsync(counter, DayOf(day), outcome, Stop);
        }
    }

    /// <summary>A link of this name that was opened on these days, each time by another person.</summary>
    public async Task<Link> OpenAsync(string name, string key, params string[] days)
    {
        var link = new Link(key, name, DayOf("2026-10-01"));
        Assert.True(await links.AddLinkAsync(link, Stop));
        foreach (var day in days)
        {
            await VisitAsync(day, counter: link.Counter, source: Source.Link);
            await VisitAsync(day, source: Source.Link);
        }

        return link;
    }

    public static DateOnly DayOf(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset NoonOf(string day) => new(DayOf(day), new TimeOnly(12, 0), TimeSpan.Zero);
}
