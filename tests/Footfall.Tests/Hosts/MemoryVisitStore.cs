using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Tests.Hosts;

/// <summary>A store for tests of what is in front of one: it forgets all when it is gone, and never fails.</summary>
/// <param name="clock">Tells which salts are gone; without one, none ever is.</param>
public sealed class MemoryVisitStore(TimeProvider? clock = null) : IVisitStore, ILinkStore, IReportMarks
{
    private readonly Lock gate = new();
    private readonly Dictionary<DateOnly, Salt> salts = [];
    private readonly Dictionary<(string Counter, DateOnly Day), Tally> days = [];
    private readonly Dictionary<(string Counter, DateOnly Day), SourceCounts> sources = [];
    private readonly SortedDictionary<string, Link> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> admitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> marks = new(StringComparer.Ordinal);
    private readonly Dictionary<Pseudonym, DateTimeOffset> countedAt = [];
    private readonly Dictionary<Pseudonym, int> broughtBy = [];

    public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (IsGone(day))
            {
                throw SaltFaults.Expired(day, clock!.GetUtcNow());
            }

            _ = salts.TryAdd(day, candidate);
            return Task.FromResult(salts[day]);
        }
    }

    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(IsGone(day) ? null : salts.GetValueOrDefault(day));
        }
    }

    public Task<Receipt> AddAsync(
        string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(Add(counter, day, outcome, newVisitor: false));
        }
    }

    public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var newVisitor = !countedAt.ContainsKey(claim.Visitor);
            var isLimited = broughtBy.GetValueOrDefault(claim.Address) >= claim.Rules.AddressLimit
                || (claim.Network is { } network && broughtBy.GetValueOrDefault(network) >= claim.Rules.NetworkLimit);
            var outcome = WasCounted(claim.Visitor, claim) || WasCounted(claim.VisitorYesterday, claim) ? Outcome.Repeat
                : newVisitor && isLimited ? Outcome.Limited
                : Outcome.Visit;
            if (outcome == Outcome.Visit)
            {
                NoteCounted(claim, newVisitor);
                NoteSource(claim);
            }

            return Task.FromResult(Add(claim.Counter, claim.Day, outcome, newVisitor));
        }
    }

    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(TotalOf(counter));
        }
    }

    public Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(new DailyTallies(
                [
                    .. days.Where(day => day.Key.Counter == counter && day.Key.Day >= from && day.Key.Day <= to)
                        .OrderBy(day => day.Key.Day)
                        .Select(day => new DailyTally(
                            day.Key.Day, day.Value, sources.GetValueOrDefault(day.Key, SourceCounts.None))),
                ],
                TotalOf(counter)));
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var keys = admitted.GetValueOrDefault(family) ?? (admitted[family] = new(StringComparer.Ordinal));
            return Task.FromResult(keys.Contains(key) || (keys.Count < ceiling && keys.Add(key)));
        }
    }

    public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. admitted.GetValueOrDefault(family) ?? []]);
        }
    }

    public Task<bool> AddLinkAsync(Link link, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(links.TryAdd(link.Key, link));
        }
    }

    public Task<IReadOnlyList<Link>> ReadLinksAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Link>>([.. links.Values]);
        }
    }

    public Task<bool> HasLinkAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(links.ContainsKey(key));
        }
    }

    public Task<bool> RenameLinkAsync(string key, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!links.TryGetValue(key, out var link))
            {
                return Task.FromResult(false);
            }

            links[key] = link with { Name = name };
            return Task.FromResult(true);
        }
    }

    public Task<bool> RemoveLinkAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(links.Remove(key));
        }
    }

    public Task<string?> FindMarkAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(marks.GetValueOrDefault(name));
        }
    }

    public Task<bool> ReplaceMarkAsync(string name, string? found, string value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var isAsFound = marks.GetValueOrDefault(name) == found;
            if (isAsFound)
            {
                marks[name] = value;
            }

            return Task.FromResult(isAsFound);
        }
    }

    private bool IsGone(DateOnly day) => clock is not null && clock.GetUtcNow() >= Retention.Expiry(day);

    private bool WasCounted(Pseudonym? visitor, VisitorClaim claim) =>
        visitor is { } known && countedAt.TryGetValue(known, out var at) && at > claim.WindowStart;

    private void NoteCounted(VisitorClaim claim, bool newVisitor)
    {
        countedAt[claim.Visitor] = claim.At;
        if (claim.VisitorYesterday is { } yesterday)
        {
            countedAt[yesterday] = claim.At;
        }

        if (newVisitor)
        {
            Bring(claim.Address);
            Bring(claim.Network ?? default);
        }
    }

    private void NoteSource(VisitorClaim claim)
    {
        var period = (claim.Counter, claim.Day);
        sources[period] = sources.GetValueOrDefault(period, SourceCounts.None)
            + SourceCounts.Of(KeyValuePair.Create(claim.Source, 1L));
    }

    private void Bring(Pseudonym place) => broughtBy[place] = broughtBy.GetValueOrDefault(place) + 1;

    private Receipt Add(string counter, DateOnly day, Outcome outcome, bool newVisitor)
    {
        days[(counter, day)] = days.GetValueOrDefault((counter, day)) + Tally.Of(outcome, newVisitor);
        var total = TotalOf(counter);
        return new Receipt(outcome, total.Visits, total.Visitors);
    }

    private Tally TotalOf(string counter) =>
        days.Where(day => day.Key.Counter == counter).Aggregate(default(Tally), (sum, day) => sum + day.Value);
}
