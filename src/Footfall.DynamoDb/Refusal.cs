using Amazon.DynamoDBv2.Model;

namespace Footfall.DynamoDb;

/// <summary>Why DynamoDB did not carry out a transaction: a condition on at least one of its parts did not hold.</summary>
internal sealed class Refusal(List<TransactionPart> parts, List<CancellationReason> reasons)
{
    /// <summary>Whether the part's condition did not hold; false for a part that the transaction does not have.</summary>
    public bool IsFor(TransactionPart part) => ReasonOf(part)?.Code == RequestFailure.ConditionFailed;

    /// <summary>
    /// The part's item, as it stood against the condition; null when it did not, when there is no item, or when the
    /// transaction did not ask for it.
    /// </summary>
    public Dictionary<string, AttributeValue>? ItemOf(TransactionPart part) =>
        ReasonOf(part)?.Item is { Count: > 0 } item ? item : null;

    private CancellationReason? ReasonOf(TransactionPart part)
    {
        var index = parts.IndexOf(part);
        return index < 0 ? null : reasons[index];
    }
}
