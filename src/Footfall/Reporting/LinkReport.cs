using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>What came by a link, in all.</summary>
/// <param name="First">The UTC day of its first visit; null when it was not opened yet.</param>
/// <param name="Last">The UTC day of its last visit.</param>
public sealed record LinkReport(Link Link, DateOnly? First, DateOnly? Last, Tally Total)
{
    /// <summary>Of every link, the newest first.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public static async Task<IReadOnlyList<LinkReport>> ReadAllAsync(
        ILinkStore links, IVisitStore store, CancellationToken cancellationToken)
    {
        var newestFirst = (await links.ReadLinksAsync(cancellationToken)).OrderByDescending(link => link.Created);
        return await SeveralAtOnce.ReadAsync(newestFirst, link => ReadAsync(link, store, cancellationToken));
    }

    private static async Task<LinkReport> ReadAsync(Link link, IVisitStore store, CancellationToken cancellationToken)
    {
        var (days, total) = await store.ReadDailyAsync(
            link.Counter, DateOnly.MinValue, DateOnly.MaxValue, cancellationToken);
        var opened = days.Where(day => day.Tally.Visits > 0).Select(day => day.Day).ToList();
        return opened.Count == 0
            ? new LinkReport(link, First: null, Last: null, total)
            : new LinkReport(link, opened[0], opened[^1], total);
    }
}
