namespace Footfall.Counting;

/// <summary>One counter's ledger of one UTC day.</summary>
public readonly record struct DailyTally(DateOnly Day, Tally Tally);
