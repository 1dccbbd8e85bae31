using Amazon.DynamoDBv2.Model;

namespace Footfall.DynamoDb;

/// <summary>Items to write all together or not at all, each with its part, by which a <see cref="Refusal"/> is asked.</summary>
/// <remarks>Of a part that occurs several times, a refusal tells of the first.</remarks>
internal sealed class Transaction
{
    private readonly List<TransactionPart> parts = new(capacity: 5);

    /// <summary>As DynamoDB takes them.</summary>
    public List<TransactWriteItem> Items { get; } = new(capacity: 5);

    public void Add(TransactionPart part, Put put) => Add(part, new TransactWriteItem { Put = put });

    public void Add(TransactionPart part, Update update) => Add(part, new TransactWriteItem { Update = update });

    public void Add(TransactionPart part, ConditionCheck check) =>
        Add(part, new TransactWriteItem { ConditionCheck = check });

    public void Add(TransactionPart part, Delete delete) => Add(part, new TransactWriteItem { Delete = delete });

    /// <param name="reasons">One for each item, in their order, as DynamoDB gives them.</param>
    public Refusal Refused(List<CancellationReason> reasons) => new(parts, reasons);

    private void Add(TransactionPart part, TransactWriteItem item)
    {
        parts.Add(part);
        Items.Add(item);
    }
}
