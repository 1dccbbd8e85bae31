using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>A receipt whose numbers still count from the beginning of its group.</summary>
internal sealed class PendingReceipt(Outcome outcome, CounterSheet sheet)
{
    private readonly long visits = sheet.Sum.Visits;
    private readonly long visitors = sheet.Sum.Visitors;

    /// <summary>The receipt, once the group's rows are written.</summary>
    public Receipt Settle() => new(outcome, sheet.Before.Visits + visits, sheet.Before.Visitors + visitors);
}
