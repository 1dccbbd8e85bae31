using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Footfall.DynamoDb;

/// <summary>What a failed call to DynamoDB means for the caller.</summary>
/// <remarks>Codes: API reference, TransactWriteItems and "Error handling with DynamoDB".</remarks>
internal static class RequestFailure
{
    /// <summary>The reason given for an item whose condition did not hold.</summary>
    public const string ConditionFailed = "ConditionalCheckFailed";

    /// <summary>What is said of a request that met no throughput.</summary>
    public const string Throttling = "DynamoDB throttled it.";

    private const string ThroughputExceeded = "ProvisionedThroughputExceededException";
    private const string Conflict = "TransactionConflict";
    private const string ConflictOutsideOfTransaction = "TransactionConflictException";
    private const string Untouched = "None";

    /// <summary>Whether a condition did not hold; then the transaction can never succeed, whatever else hindered it.</summary>
    public static bool IsCondition(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.Exists(reason => reason.Code == ConditionFailed) ?? false;

    /// <summary>Whether another transaction was working on one of the items.</summary>
    public static bool IsConflict(Exception failure) => failure switch
    {
        TransactionCanceledException cancelled =>
            cancelled.CancellationReasons?.Exists(reason => reason.Code == Conflict) ?? false,
        AmazonServiceException service => service.ErrorCode == ConflictOutsideOfTransaction,
        _ => false,
    };

    /// <summary>Whether none of the items had throughput left.</summary>
    public static bool IsThrottling(Exception failure) =>
        failure is AmazonServiceException { ErrorCode: ThroughputExceeded };

    /// <summary>Whether the same request, with the same token, may succeed when it is sent again.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        TransactionCanceledException cancelled =>
            cancelled.CancellationReasons?.TrueForAll(reason => IsTransientReason(reason.Code)) ?? false,
        AmazonServiceException service => IsTransientAnswer(service),
        AmazonClientException client => client.InnerException is { } inner && IsTransient(inner),
        HttpRequestException or IOException or OperationCanceledException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether the request would fail again, whenever it is sent; not so where a condition did not hold.</summary>
    public static bool IsFinal(Exception failure) => failure switch
    {
        ConditionalCheckFailedException => false,
        TransactionCanceledException cancelled => !IsCondition(cancelled),
        _ => failure is AmazonServiceException or AmazonClientException,
    };

    /// <summary>What stood in the way, in words that are the same each time it does.</summary>
    public static string ReasonOf(Exception failure) => failure switch
    {
        _ when IsConflict(failure) => "other transactions were working on the same items.",
        OperationCanceledException => "no answer in time.",
        TransactionCanceledException => Throttling,
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"DynamoDB answered {code}.",
        _ => failure.Message,
    };

    private static bool IsTransientReason(string code) =>
        code is Untouched or Conflict or "ThrottlingError" or "ProvisionedThroughputExceeded";

    private static bool IsTransientAnswer(AmazonServiceException service) =>
        service is AmazonUnmarshallingException
        || service.StatusCode >= HttpStatusCode.InternalServerError
        || service.ErrorCode is ConflictOutsideOfTransaction or "TransactionInProgressException"
            or ThroughputExceeded or "ThrottlingException" or "RequestLimitExceeded"
        || (service.InnerException is { } inner && IsTransient(inner));
}
