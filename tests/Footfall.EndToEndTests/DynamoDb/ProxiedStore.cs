using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Stores that reach their table through a <see cref="FaultProxy"/>.</summary>
public sealed class ProxiedStore(FaultProxy proxy, Uri endpoint, DynamoDbStoreOptions options) : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public FaultProxy Proxy => proxy;

    public DynamoDbStoreOptions Options => options;

    public DynamoDbVisitStore Store => field ??= Another(options);

    /// <summary>An instance of its own, as another process would have one.</summary>
    public DynamoDbVisitStore Another(DynamoDbStoreOptions others) => new(
        DynamoDbClients.Create(endpoint, DynamoDbLocal.Credentials), others, new ManualClock(Noon), Random.Shared);

    public ValueTask DisposeAsync() => proxy.DisposeAsync();
}
