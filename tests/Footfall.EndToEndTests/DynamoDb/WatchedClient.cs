using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>The SDK's client, which notes what it sends; requests that are under way together are one round trip.</summary>
/// <remarks>
/// So that this does not depend on which answer is faster: a transaction that counts no visit is answered only when a
/// read has been sent beside it, or after five seconds, when none was.
/// </remarks>
internal sealed class WatchedClient(Uri endpoint) : AmazonDynamoDBClient(
    DynamoDbLocal.Credentials,
    new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), MaxErrorRetry = 0, EndpointDiscoveryEnabled = false })
{
    private const int UnitsOfATransactedItem = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<string> trips = [];
    private TaskCompletionSource readSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int underWay;

    /// <summary>Other than null: what every reading of totals fails with, instead of being sent.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>How many requests are sent and not answered.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>
    /// The round trips since this was last asked, in their order: a transaction as <c>write</c> and a
    /// reading of totals as <c>read</c>, both with their units, everything else as <c>other</c>.
    /// </summary>
    public string TakeTrips()
    {
        lock (gate)
        {
            var taken = string.Join(", ", trips);
            trips.Clear();
            readSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return taken;
        }
    }

    public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync($"write {UnitsOfATransactedItem * request.TransactItems.Count}", async () =>
        {
            var answer = await base.TransactWriteItemsAsync(request, cancellationToken);
            if (!request.TransactItems.Exists(CountsAVisit))
            {
                await Task.WhenAny(readSent.Task, Task.Delay(Patience, cancellationToken));
            }

            return answer;
        });

    public override Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default) =>
        request.Key["sk"].S == "total"
            ? WatchAsync("read 1", () => ReadAsync(() => base.GetItemAsync(request, cancellationToken)))
            : WatchAsync("other", () => base.GetItemAsync(request, cancellationToken));

    public override Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default) => WatchAsync(
            $"read {request.RequestItems.Values.Sum(keys => keys.Keys.Count)}",
            () => ReadAsync(() => base.BatchGetItemAsync(request, cancellationToken)));

    public override Task<TransactGetItemsResponse> TransactGetItemsAsync(
        TransactGetItemsRequest request, CancellationToken cancellationToken = default) => WatchAsync(
            $"read {UnitsOfATransactedItem * request.TransactItems.Count}",
            () => base.TransactGetItemsAsync(request, cancellationToken));

    public override Task<QueryResponse> QueryAsync(
        QueryRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync("query", () => base.QueryAsync(request, cancellationToken));

    public override Task<PutItemResponse> PutItemAsync(
        PutItemRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync("other", () => base.PutItemAsync(request, cancellationToken));

    public override Task<UpdateItemResponse> UpdateItemAsync(
        UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync("other", () => base.UpdateItemAsync(request, cancellationToken));

    private Task<T> ReadAsync<T>(Func<Task<T>> send)
    {
        readSent.TrySetResult();
        return ReadFailure is null ? send() : Task.FromException<T>(ReadFailure);
    }

    private static bool CountsAVisit(TransactWriteItem item) =>
        item.Update?.UpdateExpression.Contains("visits", StringComparison.Ordinal) ?? false;

    private async Task<T> WatchAsync<T>(string name, Func<Task<T>> send)
    {
        lock (gate)
        {
            if (underWay++ == 0)
            {
                trips.Add(name);
            }
            else
            {
                trips[^1] += $" + {name}";
            }
        }

        try
        {
            return await send();
        }
        finally
        {
            lock (gate)
            {
                underWay--;
            }
        }
    }
}
