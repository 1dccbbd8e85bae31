namespace Footfall.Api;

/// <summary>What everybody may read of the numbers; the owner, by the key, may read all.</summary>
public enum PublicNumbers
{
    /// <summary>No number: requests are counted, and answered without one.</summary>
    Nothing,

    /// <summary>The counts, as the page and the badges show them.</summary>
    Count,

    /// <summary>The counts, each day's, and what was not counted.</summary>
    Ledger,
}
