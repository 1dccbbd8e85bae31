using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <summary>
/// What <see cref="IVisitStore"/> promises, for any store: inherit, and say how one is opened.
/// </summary>
public abstract partial class VisitStoreConformance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    protected static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    protected static readonly DateOnly Day = new(2026, 11, 22);

    private static readonly TimeSpan Window = VisitRules.DefaultVisitWindow;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<IVisitStore> opened = [];

    /// <summary>The time for every store of the test; stands at <see cref="Noon"/> until it is set.</summary>
    protected ManualClock Clock { get; } = new(Noon);

    /// <summary>The first instance, on a database that was empty.</summary>
    protected IVisitStore Store { get; private set; } = null!;

    /// <summary>
    /// How many requests the concurrent cases keep under way at once. All of them, unless the medium would only
    /// refuse the most.
    /// </summary>
    protected virtual int Concurrency => 2_000;

    /// <summary>
    /// An instance on the test's own database, which is empty before the first; each further instance stands for
    /// another process. It is disposed with the test if it can be.
    /// </summary>
    protected abstract Task<IVisitStore> OpenAsync(TimeProvider clock);

    /// <summary>Removes what the test's database left behind; every instance has been disposed.</summary>
    protected virtual ValueTask DeleteAsync() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync() => Store = await OpenAnotherAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            await CloseAsync(store);
        }

        await DeleteAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected async Task<IVisitStore> OpenAnotherAsync()
    {
        var store = await OpenAsync(Clock);
        opened.Add(store);
        return store;
    }

    protected static async ValueTask CloseAsync(IVisitStore store)
    {
        switch (store)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    protected Task<Receipt> ClaimAsync(
        string visitor, DateTimeOffset at, string counter = "/", string? address = null, VisitRules? rules = null) =>
        Store.ClaimAsync(Visitors.Claim(visitor, at, counter, address, rules), Cancellation);

    protected Task<Tally> TotalAsync(string counter = "/") => Store.ReadTotalAsync(counter, Cancellation);

    protected async Task<IReadOnlyList<DailyTally>> AllDaysAsync(string counter = "/") =>
        (await Store.ReadDailyAsync(counter, DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days;

    private static async Task<T> Retrying<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (StoreUnavailableException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
            }
        }
    }
}
