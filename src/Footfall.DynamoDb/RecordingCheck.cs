using Amazon.DynamoDBv2.Model;

namespace Footfall.DynamoDb;

/// <summary>
/// Whether DynamoDB would record. It is asked at most once every five seconds, however often the check is; whoever checks
/// meanwhile gets the same answer.
/// </summary>
/// <remarks>
/// By a transaction of the actions that a recording takes, each under a condition that never holds: DynamoDB refuses it
/// only after it has looked for the table, the permissions and the throughput. Nothing is written. It costs six write
/// units.
/// </remarks>
internal sealed class RecordingCheck(RetryingClient client, string table, TimeProvider clock)
{
    private const string NeverHolds = "attribute_exists(pk)";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<Refusal?>? latest;
    private long latestAt;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && clock.GetElapsedTime(latestAt) >= Interval))
            {
                latestAt = clock.GetTimestamp();
                latest = AskAsync();
            }

            return latest.WaitAsync(cancellationToken);
        }
    }

    // Not cancelled by who asked first: others may wait for the same answer.
    private Task<Refusal?> AskAsync()
    {
        var transaction = new Transaction();
        transaction.Add(
            TransactionPart.Claim,
            new Put { TableName = table, Item = Key("put"), ConditionExpression = NeverHolds });
        transaction.Add(
            TransactionPart.YesterdaysClaim,
            new ConditionCheck { TableName = table, Key = Key("check"), ConditionExpression = NeverHolds });
        transaction.Add(
            TransactionPart.Total,
            new Update
            {
                TableName = table,
                Key = Key("update"),
                UpdateExpression = "ADD visits :none",
                ConditionExpression = NeverHolds,
                ExpressionAttributeValues = new() { [":none"] = TableLayout.Number(0) },
            });
        return client.TransactAsync(transaction, client.Start(), CancellationToken.None);
    }

    private static Dictionary<string, AttributeValue> Key(string name) => TableLayout.Key("check", name);
}
