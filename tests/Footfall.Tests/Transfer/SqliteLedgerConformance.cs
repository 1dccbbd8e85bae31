using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Transfer;

public sealed class SqliteLedgerConformance : LedgerConformance
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<SqliteVisitStore> stores = [];

    protected override Task<IVisitStore> CreateAsync()
    {
        var store = SqliteVisitStore.Open(directory.File($"{stores.Count}.db"), new ManualClock(Noon));
        stores.Add(store);
        return Task.FromResult<IVisitStore>(store);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        directory.Dispose();
    }
}
