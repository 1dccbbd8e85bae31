using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>What a counter came to in a report's period.</summary>
/// <param name="Before">In the period before it.</param>
/// <param name="Sources">Where its visits came from: as many as there were.</param>
public sealed record CounterVisits(string Counter, Tally Tally, Tally Before, SourceCounts Sources);
