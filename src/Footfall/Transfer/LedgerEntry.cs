using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>What one counter came to in one period.</summary>
/// <param name="Day">
/// The UTC day; null for what belongs to no known day, such as a starting number, and is part of all time only.
/// </param>
/// <param name="Sources">Where the day's visits came from, no more than they are; none without a day.</param>
public readonly record struct LedgerEntry(string Counter, DateOnly? Day, Tally Tally, SourceCounts Sources)
{
    /// <summary>The most sources that an entry of a file may have: what one update of DynamoDB's takes.</summary>
    public const int MaxSources = 250;

    public LedgerEntry(string counter, DateOnly? day, Tally tally)
        : this(counter, day, tally, SourceCounts.None)
    {
    }

    /// <summary>Whether there is no number in it.</summary>
    public bool IsEmpty => Tally == default && Sources.Equals(SourceCounts.None);

    /// <summary>What this adds where a part of it was taken over before: each number only grows.</summary>
    /// <param name="taken">What was; null for nothing.</param>
    public LedgerEntry NewSince(LedgerEntry? taken)
    {
        var (known, sources) = taken is { } before ? (before.Tally, before.Sources) : (default, SourceCounts.None);
        var tally = Tally.Max(Tally, known);
        var from = SourceCounts.Max(Sources, sources);

        // Two copies of one ledger that both went on counting may come to more sources than visits: then the sources
        // stay as they were, and the visits that are new are of no known one.
        return this with { Tally = tally - known, Sources = from.Sum <= tally.Visits ? from - sources : SourceCounts.None };
    }
}
