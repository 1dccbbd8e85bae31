using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>The health check asks whether the store could record, and its price does not grow with the asking.</summary>
public sealed class RecordingChecks(DynamoDbLocal local) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new(Noon);
    private string table = null!;
    private FaultProxy proxy = null!;
    private DynamoDbVisitStore store = null!;
    private volatile bool refusesWrites;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        table = await local.CreateTableAsync(Cancellation);
        proxy = new FaultProxy(
            await local.StartAsync(),
            operation => refusesWrites && operation == "TransactWriteItems" ? Fault.Throttled : Fault.None,
            TimeSpan.Zero);
        store = new DynamoDbVisitStore(
            DynamoDbClients.Create(await proxy.StartAsync(), DynamoDbLocal.Credentials),
            new() { TableName = table, TimeBudget = TimeSpan.FromSeconds(1) },
            clock,
            Random.Shared);
    }

    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    [Fact]
    public async Task A_table_that_can_be_read_but_not_written_is_not_well()
    {
        refusesWrites = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));

        refusesWrites = false;
        clock.Set(Noon.AddSeconds(5));
        await store.CheckAsync(Cancellation);
    }

    [Fact]
    public async Task However_often_it_is_asked_DynamoDB_is_asked_once_in_five_seconds()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.CheckAsync(Cancellation)));
        clock.Set(Noon.AddSeconds(4.9));
        await store.CheckAsync(Cancellation);
        Assert.Equal(1, proxy.Requests);

        clock.Set(Noon.AddSeconds(5));
        await store.CheckAsync(Cancellation);
        Assert.Equal(2, proxy.Requests);
    }

    [Fact]
    public async Task It_writes_nothing()
    {
        await store.CheckAsync(Cancellation);

        var client = await local.ConnectAsync();
        Assert.Empty((await client.ScanAsync(new ScanRequest(table), Cancellation)).Items);
    }
}
