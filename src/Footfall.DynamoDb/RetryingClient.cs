using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// Sends a request until DynamoDB has answered it or the time budget is spent. The only layer that retries: the SDK's
/// own is off (see <see cref="DynamoDbClients"/>), so that one budget holds for all and one attempt is one attempt.
/// </summary>
/// <param name="timer">Measures budgets and waits.</param>
internal sealed class RetryingClient(IAmazonDynamoDB client, TimeSpan timeBudget, Random random, TimeProvider timer)
{
    // An attempt gets a third of the whole, so that one that hangs leaves time for others.
    private const int AttemptsThatMayHang = 3;

    // Full jitter: a wait is drawn between zero and a bound that doubles. The first bound is about one transaction.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(512);

    private readonly TimeSpan attemptTimeout = timeBudget / AttemptsThatMayHang;
    private long conflicts;

    /// <summary>How many attempts met another transaction on one of their items, since the start.</summary>
    public long Conflicts => Volatile.Read(ref conflicts);

    /// <summary>The end of a time budget that begins now.</summary>
    public Deadline Start() => new(timeBudget, timer);

    /// <summary>
    /// Carries out a transaction once, however often it has to be sent: the token is one and the same until DynamoDB
    /// has said that it was applied, or that a condition failed. For ten minutes, far longer than the time budget,
    /// DynamoDB answers a token that was applied with success, and changes nothing.
    /// </summary>
    /// <returns>Null when it is applied; otherwise which conditions did not hold.</returns>
    public async Task<Refusal?> TransactAsync(
        Transaction transaction, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems = transaction.Items,
            ClientRequestToken = Guid.NewGuid().ToString("N"),
        };
        try
        {
            await SendAsync(client.TransactWriteItemsAsync, request, deadline, cancellationToken);
            return null;
        }
        catch (TransactionCanceledException cancelled) when (RequestFailure.IsCondition(cancelled))
        {
            return transaction.Refused(cancelled.CancellationReasons);
        }
    }

    public Task<GetItemResponse> GetAsync(
        GetItemRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.GetItemAsync, request, deadline, cancellationToken);

    /// <summary>Items as they are between two transactions, none of which is then seen in part.</summary>
    public Task<TransactGetItemsResponse> TransactGetAsync(
        TransactGetItemsRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.TransactGetItemsAsync, request, deadline, cancellationToken);

    /// <summary>Some of the items, or all; what was left out for lack of throughput is named in the answer.</summary>
    public async Task<BatchGetItemResponse> BatchGetAsync(
        BatchGetItemRequest request, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                client.BatchGetItemAsync, request, deadline, cancellationToken, mayBeThrottled: true);
        }
        catch (AmazonServiceException failure) when (RequestFailure.IsThrottling(failure))
        {
            return new() { UnprocessedKeys = request.RequestItems };
        }
    }

    /// <summary>All that a query finds, page by page.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ItemsAsync(
        QueryRequest query, Deadline deadline, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await SendAsync(client.QueryAsync, query, deadline, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            query.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (query.ExclusiveStartKey is { Count: > 0 });
    }

    public Task<ScanResponse> ScanAsync(
        ScanRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.ScanAsync, request, deadline, cancellationToken);

    /// <returns>False when the item's condition did not hold.</returns>
    public async Task<bool> TryPutAsync(PutItemRequest request, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(client.PutItemAsync, request, deadline, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <returns>False when the item's condition did not hold.</returns>
    public async Task<bool> TryUpdateAsync(
        UpdateItemRequest request, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(client.UpdateItemAsync, request, deadline, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Waits before something is tried again, for longer the more often it was in vain.</summary>
    /// <param name="attempt">Counted from 0.</param>
    /// <param name="reason">Why it was in vain, in words that are the same each time it is.</param>
    /// <exception cref="StoreUnavailableException">The budget would be spent.</exception>
    public async Task BackOffAsync(
        int attempt, string reason, Exception? cause, Deadline deadline, CancellationToken cancellationToken)
    {
        var wait = WaitAfter(attempt);
        if (wait >= deadline.Remaining)
        {
            // Without the number of attempts: a log that leaves out repetitions knows the message again.
            var message = $"DynamoDB did not carry out a request in {timeBudget.TotalSeconds:0.###} s: {reason}";
            throw cause is null ? new(message) : new StoreUnavailableException(message, cause);
        }

        await Task.Delay(wait, timer, cancellationToken);
    }

    private async Task<TResponse> SendAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> send,
        TRequest request,
        Deadline deadline,
        CancellationToken cancellationToken,
        bool mayBeThrottled = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await AttemptAsync(send, request, deadline, cancellationToken);
            }
            catch (Exception failure) when (mayBeThrottled && RequestFailure.IsThrottling(failure))
            {
                throw;
            }
            catch (Exception failure)
                when (!cancellationToken.IsCancellationRequested && RequestFailure.IsTransient(failure))
            {
                if (RequestFailure.IsConflict(failure))
                {
                    Interlocked.Increment(ref conflicts);
                }

                await BackOffAsync(
                    attempt, RequestFailure.ReasonOf(failure), failure, deadline, cancellationToken);
            }
            catch (Exception failure) when (RequestFailure.IsFinal(failure))
            {
                throw new StoreUnavailableException($"DynamoDB refused a request: {failure.Message}", failure);
            }
        }
    }

    private async Task<TResponse> AttemptAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> send,
        TRequest request,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var timeout = deadline.Remaining < attemptTimeout ? deadline.Remaining : attemptTimeout;
        using var attempt = new CancellationTokenSource(timeout, timer);
        await using var caller = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), attempt);
        return await send(request, attempt.Token);
    }

    private TimeSpan WaitAfter(int attempt)
    {
        var bound = FirstWait * Math.Pow(2, Math.Min(attempt, 10));
        return random.NextDouble() * (bound < LongestWait ? bound : LongestWait);
    }
}
