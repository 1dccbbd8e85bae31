using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>What an import has added, over all counters and days.</summary>
/// <param name="Sources">Of how many visits it is known now where they came from, that was not before.</param>
/// <param name="Links">How many links are new.</param>
public readonly record struct ImportResult(Tally Tally, long Sources = 0, int Links = 0)
{
    /// <summary>With one entry more.</summary>
    public ImportResult With(LedgerEntry added) => this with { Tally = Tally + added.Tally, Sources = checked(Sources + added.Sources.Sum) };
}
