using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Tests.Api;

/// <summary>A store whose medium is gone, or that fails as it is told.</summary>
public sealed class UnavailableStore(Exception? failure = null) : IVisitStore, ILinkStore
{
    public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken) =>
        Fail<Salt>();

    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) => Fail<Salt?>();

    public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
        Fail<Receipt>();

    public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) => Fail<Receipt>();

    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) => Fail<Tally>();

    public Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        Fail<DailyTallies>();

    public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
        Fail<bool>();

    public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
        Fail<IReadOnlyList<string>>();

    public Task<bool> AddLinkAsync(Link link, CancellationToken cancellationToken) => Fail<bool>();

    public Task<IReadOnlyList<Link>> ReadLinksAsync(CancellationToken cancellationToken) => Fail<IReadOnlyList<Link>>();

    public Task<bool> HasLinkAsync(string key, CancellationToken cancellationToken) => Fail<bool>();

    public Task<bool> RenameLinkAsync(string key, string name, CancellationToken cancellationToken) => Fail<bool>();

    public Task<bool> RemoveLinkAsync(string key, CancellationToken cancellationToken) => Fail<bool>();

    public Task CheckAsync(CancellationToken cancellationToken) => Fail<Tally>();

    private Task<T> Fail<T>() =>
        Task.FromException<T>(failure ?? new StoreUnavailableException("The disk is gone."));
}
