using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>What came by a link in a report's period.</summary>
/// <param name="IsFirst">Whether its first visit of all is among them.</param>
public sealed record LinkVisits(Link Link, Tally Tally, bool IsFirst);
