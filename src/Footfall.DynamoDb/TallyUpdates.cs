using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>The part that every recording has: one request more, in all time and in its day.</summary>
internal static class TallyUpdates
{
    public static void Add(
        List<TransactWriteItem> items,
        string table,
        string counter,
        DateOnly day,
        int shard,
        Outcome outcome,
        bool newVisitor)
    {
        items.Add(AddOne(table, TableLayout.Total(counter, shard), outcome, newVisitor));
        items.Add(AddOne(table, TableLayout.Day(counter, day, shard), outcome, newVisitor));
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
