using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>What a period came to, for the owner. Nothing in it is of a person.</summary>
/// <param name="Counters">Those with a request in the period or in the one before, the most visited first, then in the order asked for.</param>
/// <param name="Links">Those with a request in the period: first openings first, then the most visited.</param>
public sealed record Report(ReportPeriod Period, IReadOnlyList<CounterVisits> Counters, IReadOnlyList<LinkVisits> Links)
{
    /// <summary>All counters together. Who has seen two pages is a visitor of each.</summary>
    public Tally Sum => Counters.Aggregate(default(Tally), (sum, counter) => sum + counter.Tally);

    /// <summary>The same in the period before.</summary>
    public Tally SumBefore => Counters.Aggregate(default(Tally), (sum, counter) => sum + counter.Before);

    /// <summary>Where the visits of all counters came from.</summary>
    public SourceCounts Sources => Counters.Aggregate(SourceCounts.None, (sum, counter) => sum + counter.Sources);

    /// <summary>Whether there was a visit to tell of.</summary>
    public bool HasVisits => Counters.Any(counter => counter.Tally.Visits > 0) || Links.Any(link => link.Tally.Visits > 0);

    /// <param name="counters">The counters to report on: those of links are read beside them.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public static async Task<Report> ReadAsync(
        IVisitStore store,
        ILinkStore links,
        IEnumerable<string> counters,
        ReportPeriod period,
        CancellationToken cancellationToken)
    {
        var ofCounters = await SeveralAtOnce.ReadAsync(
            counters, counter => ReadCounterAsync(store, counter, period, cancellationToken));
        var ofLinks = await SeveralAtOnce.ReadAsync(
            await links.ReadLinksAsync(cancellationToken), link => ReadLinkAsync(store, link, period, cancellationToken));
        return new Report(
            period,
            [
                .. ofCounters.Where(counter => counter.Tally.Requests > 0 || counter.Before.Requests > 0)
                    .OrderByDescending(counter => counter.Tally.Visits),
            ],
            [
                .. ofLinks.Where(link => link.Tally.Requests > 0)
                    .OrderByDescending(link => link.IsFirst)
                    .ThenByDescending(link => link.Tally.Visits)
                    .ThenBy(link => link.Link.Name, StringComparer.OrdinalIgnoreCase),
            ]);
    }

    private static async Task<CounterVisits> ReadCounterAsync(
        IVisitStore store, string counter, ReportPeriod period, CancellationToken cancellationToken)
    {
        var (days, _) = await store.ReadDailyAsync(counter, period.Previous.From, period.To, cancellationToken);
        var now = days.Where(day => period.Contains(day.Day)).ToList();
        return new CounterVisits(
            counter,
            Add(now),
            Add(days.Where(day => period.Previous.Contains(day.Day))),
            now.Aggregate(SourceCounts.None, (sum, day) => sum + day.SourcesOfAllVisits));
    }

    private static async Task<LinkVisits> ReadLinkAsync(
        IVisitStore store, Link link, ReportPeriod period, CancellationToken cancellationToken)
    {
        var (days, _) = await store.ReadDailyAsync(link.Counter, DateOnly.MinValue, period.To, cancellationToken);
        var tally = Add(days.Where(day => period.Contains(day.Day)));
        var wasOpened = days.Any(day => day.Day < period.From && day.Tally.Visits > 0);
        return new LinkVisits(link, tally, IsFirst: tally.Visits > 0 && !wasOpened);
    }

    private static Tally Add(IEnumerable<DailyTally> days) => days.Aggregate(default(Tally), (sum, day) => sum + day.Tally);
}
