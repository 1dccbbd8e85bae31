namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>What can go wrong between a store and DynamoDB.</summary>
public enum Fault
{
    None,

    /// <summary>The connection breaks before the request arrives.</summary>
    RequestLost,

    /// <summary>The request is carried out; the connection breaks instead of the reply.</summary>
    ReplyLost,

    /// <summary>The request is carried out; the connection breaks inside the reply.</summary>
    HalfReply,

    /// <summary>The request is carried out; the reply is shorter than it was, and says it is whole.</summary>
    CutReply,

    /// <summary>The request is carried out; the first half of the reply comes at once and the other one late.</summary>
    HaltingReply,

    /// <summary>The request is carried out; the reply comes after the caller has stopped waiting for it.</summary>
    ReplyLate,

    /// <summary>The request arrives, and is carried out, after the caller has stopped waiting for it.</summary>
    RequestLate,

    /// <summary>500 instead of carrying it out.</summary>
    ServerError,

    /// <summary>500 after it was carried out.</summary>
    ServerErrorAfterwards,

    /// <summary><c>ProvisionedThroughputExceededException</c>.</summary>
    Throttled,

    /// <summary><c>ThrottlingException</c>.</summary>
    ControlPlaneThrottled,

    /// <summary><c>TransactionConflictException</c>, which requests outside of transactions meet.</summary>
    Conflict,

    /// <summary><c>TransactionCanceledException</c> for <c>TransactionConflict</c>.</summary>
    CancelledByConflict,

    /// <summary><c>TransactionCanceledException</c> for <c>ThrottlingError</c>.</summary>
    CancelledByThrottling,

    /// <summary><c>TransactionInProgressException</c>: the same token is being worked on.</summary>
    InProgress,
}
