using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>A receipt whose numbers still count from the beginning of its group.</summary>
internal readonly record struct PendingReceipt(Outcome Outcome, CounterSheet Sheet, long Visits, long Visitors)
{
    /// <summary>The receipt, once the group's rows are written.</summary>
    public Receipt Settle() => new(Outcome, Sheet.Before.Visits + Visits, Sheet.Before.Visitors + Visitors);
}
