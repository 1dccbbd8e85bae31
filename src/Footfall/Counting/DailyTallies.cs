namespace Footfall.Counting;

/// <summary>What one counter came to, in all and on some of its days, read at one moment.</summary>
/// <param name="Days">In their order; days without a request are left out.</param>
/// <param name="Total">Of all time.</param>
public sealed record DailyTallies(IReadOnlyList<DailyTally> Days, Tally Total);
