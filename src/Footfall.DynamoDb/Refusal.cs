using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Footfall.DynamoDb;

/// <summary>What a failed call to DynamoDB means for the caller.</summary>
/// <remarks>Codes: API reference, TransactWriteItems and "Error handling with DynamoDB".</remarks>
internal static class Refusal
{
    /// <summary>The reason given for an item whose condition did not hold.</summary>
    public const string Condition = "ConditionalCheckFailed";

    private const string Conflict = "TransactionConflict";
    private const string ConflictOutsideOfTransaction = "TransactionConflictException";
    private const string Untouched = "None";

    /// <summary>Whether a condition did not hold; then the transaction can never succeed, whatever else hindered it.</summary>
    public static bool IsCondition(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.Exists(reason => reason.Code == Condition) ?? false;

    /// <summary>Whether another transaction was working on one of the items.</summary>
    public static bool IsConflict(Exception failure) => failure switch
    {
        TransactionCanceledException cancelled =>
            cancelled.CancellationReasons?.Exists(reason => reason.Code == Conflict) ?? false,
        AmazonServiceException service => service.ErrorCode == ConflictOutsideOfTransaction,
        _ => false,
    };

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

    private static bool IsTransientReason(string code) =>
        code is Untouched or Conflict or "ThrottlingError" or "ProvisionedThroughputExceeded";

    private static bool IsTransientAnswer(AmazonServiceException service) =>
        service is AmazonUnmarshallingException
        || service.StatusCode >= HttpStatusCode.InternalServerError
        || service.ErrorCode is ConflictOutsideOfTransaction or "TransactionInProgressException"
            or "ProvisionedThroughputExceededException" or "ThrottlingException" or "RequestLimitExceeded"
        || (service.InnerException is { } inner && IsTransient(inner));
}
