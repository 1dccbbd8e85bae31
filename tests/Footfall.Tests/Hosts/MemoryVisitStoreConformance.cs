using Footfall.Counting;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Hosts;

/// <summary>Holds the store of the hosts' tests to what a store promises, short of outliving its process.</summary>
public sealed class MemoryVisitStoreConformance : VisitStoreConformance
{
    private MemoryVisitStore? shared;

    protected override Task<IVisitStore> OpenAsync(TimeProvider clock) =>
        Task.FromResult<IVisitStore>(shared ??= new MemoryVisitStore(clock));
}
