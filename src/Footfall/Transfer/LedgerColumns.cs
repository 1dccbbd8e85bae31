using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>What an entry's numbers are called in a file, in their order.</summary>
internal static class LedgerColumns
{
    public static readonly IReadOnlyList<string> Names =
        ["visits", "repeats", "bots", "prefetches", "optedOuts", "limited", "visitors"];

    /// <summary>Behind them, since version 2.</summary>
    public const string Sources = "sources";

    public static long[] Values(Tally tally) =>
    [
        tally.Visits, tally.Repeats, tally.Bots, tally.Prefetches, tally.OptedOuts, tally.Limited, tally.Visitors,
    ];

    /// <param name="values">One for each of <see cref="Names"/>.</param>
    public static Tally Tally(ReadOnlySpan<long> values) =>
        new(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
}
