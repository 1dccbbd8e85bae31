using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>What one counter came to in one period.</summary>
/// <param name="Day">
/// The UTC day; null for what belongs to no known day, such as a starting number, and is part of all time only.
/// </param>
public readonly record struct LedgerEntry(string Counter, DateOnly? Day, Tally Tally);
