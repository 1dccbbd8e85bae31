using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

public sealed class SqliteVisitStoreConformance : VisitStoreConformance
{
    private readonly TemporaryDirectory directory = new();

    protected override Task<IVisitStore> OpenAsync(TimeProvider clock) =>
        Task.FromResult<IVisitStore>(SqliteVisitStore.Open(directory.File("visits.db"), clock));

    protected override ValueTask DeleteAsync()
    {
        directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
