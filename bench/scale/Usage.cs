namespace Footfall.ScaleBench;

/// <summary>What a table was asked for.</summary>
internal sealed record Usage
{
    public double WriteUnits { get; set; }

    public double ReadUnits { get; set; }

    public int Transactions { get; set; }

    /// <summary>Transactions that met another one on one of their items.</summary>
    public int Conflicts { get; set; }

    /// <summary>Transactions for which a partition key had no units left.</summary>
    public int Throttled { get; set; }

    public int ConditionsFailed { get; set; }
}
