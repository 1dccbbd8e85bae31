using System.Text.Json;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>
/// Lets transactions conflict as DynamoDB does and DynamoDB Local does not: while one is under way, another that
/// touches one of its items is cancelled ("Amazon DynamoDB Transactions: How it works", transaction conflict handling).
/// </summary>
/// <param name="duration">How long a transaction holds its items.</param>
public sealed class TransactionTable(TimeSpan duration)
{
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private int conflicts;
    private int transactions;

    /// <summary>How many transactions were cancelled.</summary>
    public int Conflicts => Volatile.Read(ref conflicts);

    /// <summary>How many were asked for, the cancelled ones included.</summary>
    public int Transactions => Volatile.Read(ref transactions);

    public async Task<FaultProxy.Reply> RunAsync(byte[] body, Func<Task<FaultProxy.Reply>> carryOut)
    {
        Interlocked.Increment(ref transactions);
        var keys = KeysOf(body);
        if (!TryHold(keys, out var reasons))
        {
            Interlocked.Increment(ref conflicts);
            return FaultProxy.Errors.Cancelled(reasons);
        }

        try
        {
            var reply = await carryOut();
            await Task.Delay(duration);
            return reply;
        }
        finally
        {
            lock (held)
            {
                held.ExceptWith(keys);
            }
        }
    }

    private bool TryHold(List<string> keys, out List<string> reasons)
    {
        lock (held)
        {
            reasons = [.. keys.Select(key => held.Contains(key) ? "TransactionConflict" : "None")];
            if (reasons.Contains("TransactionConflict", StringComparer.Ordinal))
            {
                return false;
            }

            held.UnionWith(keys);
            return true;
        }
    }

    private static List<string> KeysOf(byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        return [.. request.RootElement.GetProperty("TransactItems").EnumerateArray().Select(KeyOf)];
    }

    private static string KeyOf(JsonElement item)
    {
        var action = item.EnumerateObject().Single();
        var key = action.Value.GetProperty(action.NameEquals("Put") ? "Item" : "Key");
        return $"{Text(key, "pk")} {Text(key, "sk")}";
    }

    private static string? Text(JsonElement key, string name) => key.GetProperty(name).GetProperty("S").GetString();
}
