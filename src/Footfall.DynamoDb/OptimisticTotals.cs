using System.Collections.Concurrent;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// What the counters' totals were when this instance last saw them, for optimistic transactions. Safe for concurrent
/// use; as large as there are counters.
/// </summary>
/// <remarks>
/// A visit's transaction may expect the total: when it is not refused, the total behind it is known without a read. What
/// others have counted since makes it be refused, and the refusal brings the total of that moment. Under contention a
/// read is cheaper, so nothing is expected until others have left the counter alone for a while.
/// </remarks>
internal sealed class OptimisticTotals(TimeProvider clock)
{
    private static readonly TimeSpan PauseAfterContention = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Sight> sights = new(StringComparer.Ordinal);

    /// <summary>The total to expect; null when it was never seen, or others have just been seen to count.</summary>
    public Tally? Find(string counter) =>
        sights.TryGetValue(counter, out var sight)
        && (sight.ContendedAt is not { } contended || clock.GetElapsedTime(contended) >= PauseAfterContention)
            ? sight.Total
            : null;

    /// <summary>Remembers a total that was read, or came to be as expected.</summary>
    public void Remember(string counter, Tally total)
    {
        // One visit more may be our own.
        long? contended = !sights.TryGetValue(counter, out var before) ? null
            : total.Visits > before.Total.Visits + 1 ? clock.GetTimestamp()
            : before.ContendedAt;
        sights[counter] = new(total, contended);
    }

    /// <summary>Remembers a total that was not as expected: others have counted.</summary>
    public void RememberContended(string counter, Tally total) => sights[counter] = new(total, clock.GetTimestamp());

    /// <summary>Expects nothing more of a counter, until its total is seen again.</summary>
    public void Forget(string counter) => sights.TryRemove(counter, out _);

    /// <param name="ContendedAt">When others were last seen to have counted; null for never.</param>
    private readonly record struct Sight(Tally Total, long? ContendedAt);
}
