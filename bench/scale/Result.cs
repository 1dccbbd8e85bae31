namespace Footfall.ScaleBench;

/// <summary>How visits fared at one rate, with one number of shards.</summary>
/// <param name="Rate">Visits a second that arrived.</param>
/// <param name="Unavailable">The share of them that was answered with 503, 0 to 1.</param>
/// <param name="Attempts">Transactions a visit.</param>
/// <param name="Conflicts">Of them, how many met another one on an item.</param>
/// <param name="Throttled">Of them, how many met a partition key without units.</param>
/// <param name="WriteUnits">A visit.</param>
/// <param name="ReadUnits">A visit.</param>
/// <param name="Instances">The most that were busy at once.</param>
internal sealed record Result(
    int Shards,
    double Rate,
    double Unavailable,
    double Attempts,
    double Conflicts,
    double Throttled,
    TimeSpan P50,
    TimeSpan P99,
    double WriteUnits,
    double ReadUnits,
    int Instances)
{
    /// <summary>At most one visit of a thousand may be unavailable, and one of a hundred may wait for a second.</summary>
    public bool IsCarried => Unavailable <= 0.001 && P99 <= TimeSpan.FromSeconds(1);
}
