namespace Footfall.Counting;

/// <summary>What one counter came to on one UTC day.</summary>
public readonly record struct DailyTally(DateOnly Day, Tally Tally);
