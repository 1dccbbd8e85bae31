using System.Collections.Concurrent;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// What the counters' totals were when this instance last saw them. Safe for concurrent use; as large as there are
/// counters.
/// </summary>
/// <remarks>
/// A visit's transaction may expect the total: when it is not refused, the total behind it is known without a read. What
/// others have counted since makes it be refused, and the refusal brings the total of that moment. Where others count
/// all the time a read is cheaper, so nothing is expected until they have left the counter alone for a while.
/// </remarks>
internal sealed class KnownTotals(TimeProvider clock)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Sight> sights = new(StringComparer.Ordinal);

    /// <summary>The total to expect; null when it was never seen, or others have just been seen to count.</summary>
    public Tally? Find(string counter) =>
        sights.TryGetValue(counter, out var sight)
        && (sight.OthersAt is not { } others || clock.GetElapsedTime(others) >= Quiet)
            ? sight.Total
            : null;

    /// <summary>Remembers a total that was read, or came to be as expected.</summary>
    public void Note(string counter, Tally total)
    {
        // One visit more may be our own.
        long? others = !sights.TryGetValue(counter, out var before) ? null
            : total.Visits > before.Total.Visits + 1 ? clock.GetTimestamp()
            : before.OthersAt;
        sights[counter] = new(total, others);
    }

    /// <summary>Remembers a total that was not as expected: others have counted.</summary>
    public void NoteSurprise(string counter, Tally total) => sights[counter] = new(total, clock.GetTimestamp());

    /// <param name="OthersAt">When others were last seen to have counted; null for never.</param>
    private readonly record struct Sight(Tally Total, long? OthersAt);
}
