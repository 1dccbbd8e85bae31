using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Footfall.ScaleBench;

/// <summary>One item's part of a transaction, or an update by itself.</summary>
internal sealed class Write
{
    private readonly Dictionary<string, AttributeValue>? put;
    private readonly Expression? condition;
    private readonly Expression? update;

    public Write(TransactWriteItem item)
    {
        if (item.Put is { } wholly)
        {
            Key = KeyOf(wholly.Item);
            put = wholly.Item;
            condition = ExpressionOf(
                wholly.ConditionExpression, wholly.ExpressionAttributeNames, wholly.ExpressionAttributeValues);
        }
        else if (item.Update is { } partly)
        {
            Key = KeyOf(partly.Key);
            condition = ExpressionOf(
                partly.ConditionExpression, partly.ExpressionAttributeNames, partly.ExpressionAttributeValues);
            update = ExpressionOf(
                partly.UpdateExpression, partly.ExpressionAttributeNames, partly.ExpressionAttributeValues);
        }
        else
        {
            var check = item.ConditionCheck;
            Key = KeyOf(check.Key);
            condition = ExpressionOf(
                check.ConditionExpression, check.ExpressionAttributeNames, check.ExpressionAttributeValues);
        }
    }

    public Write(UpdateItemRequest request)
    {
        Key = KeyOf(request.Key);
        condition = ExpressionOf(
            request.ConditionExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        update = ExpressionOf(
            request.UpdateExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues);
    }

    public (string Partition, string Sort) Key { get; }

    public static (string Partition, string Sort) KeyOf(Dictionary<string, AttributeValue> item) =>
        (item["pk"].S, item["sk"].S);

    public bool Holds(Dictionary<(string, string), Dictionary<string, AttributeValue>> items) =>
        condition?.Holds(items.GetValueOrDefault(Key) ?? []) ?? true;

    public void Apply(Dictionary<(string, string), Dictionary<string, AttributeValue>> items)
    {
        if (put is not null)
        {
            items[Key] = put;
        }
        else if (update is not null)
        {
            // A new one each time: what a reader was given does not change.
            var item = items.TryGetValue(Key, out var before)
                ? new Dictionary<string, AttributeValue>(before)
                : new() { ["pk"] = new(Key.Partition), ["sk"] = new(Key.Sort) };
            update.Apply(item);
            items[Key] = item;
        }
    }

    /// <summary>How many kilobytes, begun ones included, the item has: each is a unit.</summary>
    public int Blocks(Dictionary<(string, string), Dictionary<string, AttributeValue>> items)
    {
        var item = put ?? items.GetValueOrDefault(Key);
        var bytes = item?.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Key) + SizeOf(attribute.Value)) ?? 0;
        return Math.Max(1, (bytes + 1023) / 1024);
    }

    // A number takes a byte for two digits, and one (Developer Guide, "DynamoDB item sizes and formats").
    private static int SizeOf(AttributeValue value) =>
        value.S is { } text ? Encoding.UTF8.GetByteCount(text) : 1 + ((value.N.Length + 1) / 2);

    private static Expression? ExpressionOf(
        string? text, Dictionary<string, string>? names, Dictionary<string, AttributeValue>? values) =>
        text is null ? null : new(text, names, values);
}
