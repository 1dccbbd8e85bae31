using Footfall.Counting;

namespace Footfall.Tests.Counting;

/// <summary>A store that remembers what it was asked to write, and for which salts.</summary>
internal sealed class WatchedStore(IVisitStore store) : IVisitStore
{
    /// <summary>The calls that may change the store, and those that ask for a salt, in their order.</summary>
    public List<string> Calls { get; } = [];

    public List<VisitorClaim> Claims { get; } = [];

    public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken)
    {
        Calls.Add($"get or add salt {day:O}");
        return store.GetOrAddSaltAsync(day, candidate, cancellationToken);
    }

    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken)
    {
        Calls.Add($"find salt {day:O}");
        return store.FindSaltAsync(day, cancellationToken);
    }

    public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken)
    {
        Calls.Add($"add {outcome}");
        return store.AddAsync(counter, day, outcome, cancellationToken);
    }

    public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken)
    {
        Calls.Add("claim");
        Claims.Add(claim);
        return store.ClaimAsync(claim, cancellationToken);
    }

    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) =>
        store.ReadTotalAsync(counter, cancellationToken);

    public Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        store.ReadDailyAsync(counter, from, to, cancellationToken);

    public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
        store.AdmitAsync(family, key, ceiling, cancellationToken);

    public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
        store.ReadAdmittedAsync(family, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);
}
