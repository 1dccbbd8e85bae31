using System.Security.Cryptography;

namespace Footfall.Counting;

/// <summary>The counting rules: what a request comes to, and what is derived from its visitor to decide it.</summary>
/// <param name="random">Makes the salts; cryptographically strong.</param>
public sealed class VisitCounter(IVisitStore store, VisitRules rules, TimeProvider clock, RandomNumberGenerator random)
{
    private readonly DailySalts salts = new(store, random);

    /// <summary>
    /// Has the store read ahead what a counter's first visit would wait for: the day's salt, and the total, which a store
    /// may remember. Changes nothing, and never fails: whatever is wrong is for the first visit to find out and to say.
    /// </summary>
    public async Task PrepareAsync(string counter, CancellationToken cancellationToken)
    {
        try
        {
            await salts.PrepareAsync(DayOf(clock.GetUtcNow()), cancellationToken);
            await store.ReadTotalAsync(counter, cancellationToken);
        }
#pragma warning disable CA1031 // A host that ended for it could not even say that it does not count.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The visit asks again.
        }
    }

    /// <summary>Records one request and says what it came to.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer; see <see cref="IVisitStore"/>.</exception>
    public Task<Receipt> CountAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        return DecidedWithoutVisitor(arrival) is { } outcome
            ? store.AddAsync(arrival.Counter, DayOf(now), outcome, cancellationToken)
            : ClaimAsync(arrival, now, cancellationToken);
    }

    /// <summary>Whether it is no program's request, by all that it says of itself; who has opted out is a person, too.</summary>
    public static bool IsOfAPerson(in Arrival arrival) => DecidedWithoutVisitor(arrival) is null or Outcome.OptedOut;

    // Opted-out comes first: nothing is derived from such a visitor, not even from the user agent.
    private static Outcome? DecidedWithoutVisitor(in Arrival arrival) =>
        arrival.Signals.HasFlag(VisitSignals.OptedOut) ? Outcome.OptedOut
        : arrival.Signals.HasFlag(VisitSignals.Prefetch) ? Outcome.Prefetch
        : arrival.Signals.HasFlag(VisitSignals.WebDriver) || KnownBots.Matches(arrival.UserAgent) ? Outcome.Bot
        : null;

    private async Task<Receipt> ClaimAsync(Arrival arrival, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DayOf(now);
        var salt = await salts.GetAsync(today, cancellationToken);
        var claim = new VisitorClaim
        {
            Counter = arrival.Counter,
            At = now,
            Visitor = Pseudonym.OfVisitor(salt, arrival.Counter, arrival.Address, arrival.UserAgent),
            VisitorYesterday = await YesterdayAsync(arrival, now, cancellationToken),
            Address = Pseudonym.OfAddress(salt, arrival.Counter, arrival.Address),
            Network = Pseudonym.OfNetwork(salt, arrival.Counter, arrival.Address),
            Source = arrival.Source,
            Rules = rules,
        };
        return await store.ClaimAsync(claim, cancellationToken);
    }

    private async ValueTask<Pseudonym?> YesterdayAsync(
        Arrival arrival, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now.TimeOfDay >= rules.VisitWindow)
        {
            return null;
        }

        // Made if there is none: a request of yesterday may still be on its way, and must find what is counted now.
        var salt = await salts.GetAsync(DayOf(now).AddDays(-1), cancellationToken);
        return Pseudonym.OfVisitor(salt, arrival.Counter, arrival.Address, arrival.UserAgent);
    }

    private static DateOnly DayOf(DateTimeOffset utc) => DateOnly.FromDateTime(utc.UtcDateTime);
}
