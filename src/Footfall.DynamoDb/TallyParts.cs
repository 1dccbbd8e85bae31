using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>The parts that every recording has: one request more, in all time and in its day.</summary>
internal static class TallyParts
{
    /// <param name="source">Where a visit came from: one more in its day; null for what is none.</param>
    /// <param name="expected">
    /// What the counter's total is, all of it in this one shard, of which visits and visitors must still be so; null for
    /// any that has room.
    /// </param>
    public static void Add(
        Transaction transaction,
        string table,
        string counter,
        DateOnly day,
        Placement placement,
        Outcome outcome,
        bool newVisitor,
        Source? source,
        Tally? expected)
    {
        var total = AddOne(table, TableLayout.Total(counter, placement.Shard), outcome, newVisitor);
        if (expected is { } seen)
        {
            Expect(total, seen);
        }
        else
        {
            RequireRoom(total, placement, outcome, newVisitor);
        }

        // Of a total that does not meet the condition the refusal brings what it is.
        total.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        transaction.Add(TransactionPart.Total, total);
        var ofDay = AddOne(table, TableLayout.Day(counter, day, placement.Shard), outcome, newVisitor);
        if (source is { } from)
        {
            ofDay.UpdateExpression += ", #from :one";
            ofDay.ExpressionAttributeNames = new() { ["#from"] = TableLayout.AttributeOf(from) };
        }

        transaction.Add(TransactionPart.Day, ofDay);
    }

    private static void Expect(Update total, Tally seen)
    {
        total.ConditionExpression =
            $"{TableLayout.AttributeOf(Outcome.Visit)} = :visits AND {TableLayout.Visitors} = :visitors"
            + $" AND attribute_not_exists({TableLayout.Shards})";
        total.ExpressionAttributeValues[":visits"] = TableLayout.Number(seen.Visits);
        total.ExpressionAttributeValues[":visitors"] = TableLayout.Number(seen.Visitors);
    }

    private static void RequireRoom(Update total, Placement placement, Outcome outcome, bool newVisitor)
    {
        var attribute = TableLayout.AttributeOf(outcome);
        total.ConditionExpression =
            $"attribute_not_exists({TableLayout.Closed}) AND (attribute_not_exists({attribute}) OR {attribute} < :room)";
        total.ExpressionAttributeValues[":room"] = TableLayout.Number(placement.Room[outcome]);
        if (newVisitor)
        {
            total.ConditionExpression +=
                $" AND (attribute_not_exists({TableLayout.Visitors}) OR {TableLayout.Visitors} < :visitorsRoom)";
            total.ExpressionAttributeValues[":visitorsRoom"] = TableLayout.Number(placement.Room.Visitors);
        }
    }

    private static Update AddOne(
        string table, Dictionary<string, AttributeValue> key, Outcome outcome, bool newVisitor) => new()
        {
            TableName = table,
            Key = key,
            UpdateExpression = newVisitor
                ? $"ADD {TableLayout.AttributeOf(outcome)} :one, {TableLayout.Visitors} :one"
                : $"ADD {TableLayout.AttributeOf(outcome)} :one",
            ExpressionAttributeValues = new() { [":one"] = TableLayout.Number(1) },
        };
}
