using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// Sends a request until DynamoDB has answered it or the time is up. The only layer that retries: the SDK's own is
/// off (see <see cref="DynamoDbClients"/>), so that one budget holds for all and one attempt is one attempt.
/// </summary>
internal sealed class PatientClient(IAmazonDynamoDB client, TimeSpan timeBudget, Random random)
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
    public Deadline Start() => new(timeBudget);

    /// <summary>
    /// Carries out a transaction once, however often it has to be sent: the token is one and the same until DynamoDB
    /// has said that it was applied, or that a condition failed. For ten minutes, far longer than the time budget,
    /// DynamoDB answers a token that was applied with success, and changes nothing.
    /// </summary>
    /// <returns>Null when it is applied; otherwise the reasons, at least one of which is a failed condition.</returns>
    public async Task<List<CancellationReason>?> TransactAsync(
        List<TransactWriteItem> items, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems = items,
            ClientRequestToken = Guid.NewGuid().ToString("N"),
        };
        try
        {
            await SendAsync(client.TransactWriteItemsAsync, request, deadline, cancellationToken);
            return null;
        }
        catch (TransactionCanceledException cancelled) when (Refusal.IsCondition(cancelled))
        {
            return cancelled.CancellationReasons;
        }
    }

    public Task<GetItemResponse> GetAsync(
        GetItemRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.GetItemAsync, request, deadline, cancellationToken);

    public Task<QueryResponse> QueryAsync(
        QueryRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.QueryAsync, request, deadline, cancellationToken);

    public Task<ScanResponse> ScanAsync(
        ScanRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.ScanAsync, request, deadline, cancellationToken);

    /// <exception cref="ConditionalCheckFailedException">The item's condition did not hold.</exception>
    public Task<PutItemResponse> PutAsync(
        PutItemRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.PutItemAsync, request, deadline, cancellationToken);

    /// <exception cref="ConditionalCheckFailedException">The item's condition did not hold.</exception>
    public Task<UpdateItemResponse> UpdateAsync(
        UpdateItemRequest request, Deadline deadline, CancellationToken cancellationToken) =>
        SendAsync(client.UpdateItemAsync, request, deadline, cancellationToken);

    private async Task<TResponse> SendAsync<TRequest, TResponse>(
        Func<TRequest, CancellationToken, Task<TResponse>> send,
        TRequest request,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await AttemptAsync(send, request, deadline, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && Refusal.IsTransient(failure))
            {
                if (Refusal.IsConflict(failure))
                {
                    Interlocked.Increment(ref conflicts);
                }

                var wait = WaitAfter(attempt);
                if (wait >= deadline.Remaining)
                {
                    throw new StoreUnavailableException(
                        $"DynamoDB did not carry out a request in {timeBudget.TotalSeconds:0.###} s and "
                        + $"{attempt + 1} attempts; the last one: {ReasonOf(failure)}",
                        failure);
                }

                await Task.Delay(wait, cancellationToken);
            }
            catch (Exception failure) when (IsRefused(failure))
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
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(deadline.Remaining < attemptTimeout ? deadline.Remaining : attemptTimeout);
        return await send(request, attempt.Token);
    }

    private TimeSpan WaitAfter(int attempt)
    {
        var bound = FirstWait * Math.Pow(2, Math.Min(attempt, 10));
        return random.NextDouble() * (bound < LongestWait ? bound : LongestWait);
    }

    private static string ReasonOf(Exception failure) =>
        failure is OperationCanceledException ? "no answer in time." : failure.Message;

    private static bool IsRefused(Exception failure) => failure switch
    {
        ConditionalCheckFailedException => false,
        TransactionCanceledException cancelled => !Refusal.IsCondition(cancelled),
        _ => failure is AmazonServiceException or AmazonClientException,
    };
}
