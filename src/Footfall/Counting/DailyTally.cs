namespace Footfall.Counting;

/// <summary>What one counter came to on one UTC day.</summary>
/// <param name="Sources">Where its visits came from; fewer than the visits where some were counted without a source.</param>
public readonly record struct DailyTally(DateOnly Day, Tally Tally, SourceCounts Sources)
{
    public DailyTally(DateOnly day, Tally tally)
        : this(day, tally, SourceCounts.None)
    {
    }

    /// <summary>The sources, with the visits that were counted without one under <see cref="Source.Unknown"/>: all visits.</summary>
    public SourceCounts SourcesOfAllVisits =>
        Sources + SourceCounts.Of(KeyValuePair.Create(Source.Unknown, Tally.Visits - Sources.Sum));
}
