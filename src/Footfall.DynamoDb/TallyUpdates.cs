using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>The part that every recording has: one request more, in all time and in its day.</summary>
internal static class TallyUpdates
{
    /// <param name="expected">The shard's total, of which the visits and visitors must still be so; null for any.</param>
    public static void Add(
        List<TransactWriteItem> items,
        string table,
        string counter,
        DateOnly day,
        int shard,
        Outcome outcome,
        bool newVisitor,
        Tally? expected)
    {
        var total = AddOne(table, TableLayout.Total(counter, shard), outcome, newVisitor);
        if (expected is { } seen)
        {
            Expect(total.Update, seen);
        }

        items.Add(total);
        items.Add(AddOne(table, TableLayout.Day(counter, day, shard), outcome, newVisitor));
    }

    // Of a total that is another one meanwhile the refusal brings what it is.
    private static void Expect(Update total, Tally seen)
    {
        total.ConditionExpression =
            $"{TableLayout.AttributeOf(Outcome.Visit)} = :visits AND {TableLayout.Visitors} = :visitors";
        total.ExpressionAttributeValues[":visits"] = TableLayout.Number(seen.Visits);
        total.ExpressionAttributeValues[":visitors"] = TableLayout.Number(seen.Visitors);
        total.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }

    private static TransactWriteItem AddOne(
        string table, Dictionary<string, AttributeValue> key, Outcome outcome, bool newVisitor) => new()
        {
            Update = new()
            {
                TableName = table,
                Key = key,
                UpdateExpression = newVisitor
                    ? $"ADD {TableLayout.AttributeOf(outcome)} :one, {TableLayout.Visitors} :one"
                    : $"ADD {TableLayout.AttributeOf(outcome)} :one",
                ExpressionAttributeValues = new() { [":one"] = TableLayout.Number(1) },
            },
        };
}
