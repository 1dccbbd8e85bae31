using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Footfall.Api;

namespace Footfall.DynamoDb;

/// <summary>
/// The keys of families of counters that were admitted: an item each, and one for a family with how many there are. Safe
/// for concurrent use; remembers the keys that it has seen, no more than were admitted.
/// </summary>
/// <remarks>
/// A key that this instance has not seen costs a read unit, one that an import brought two, and where it is new, or finds
/// no room, a transaction of two items, too: four write units.
/// </remarks>
internal sealed class AdmittedKeys(RetryingClient client, string table)
{
    private readonly ConcurrentDictionary<(string Family, string Key), bool> seen = [];

    public async Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken)
    {
        if (seen.ContainsKey((family, key)))
        {
            return true;
        }

        var deadline = client.Start();
        if (!await IsAdmittedAsync(family, key, deadline, cancellationToken)
            && !await IsAdmittedAsync(TableLayout.Imported, key, deadline, cancellationToken))
        {
            if (ceiling == 0)
            {
                return false;
            }

            var refusal = await client.TransactAsync(Admission(family, key, ceiling), deadline, cancellationToken);

            // Of a key that another instance has admitted in this moment it does not matter whether there is room.
            if (refusal is not null && !refusal.IsFor(TransactionPart.Key))
            {
                return false;
            }
        }

        seen[(family, key)] = true;
        return true;
    }

    /// <summary>Makes a key a counter of whichever family it is of.</summary>
    public Task AdmitImportedAsync(string key, CancellationToken cancellationToken) => client.TryPutAsync(
        new() { TableName = table, Item = KeyOf(TableLayout.Imported, key) }, client.Start(), cancellationToken);

    /// <summary>The keys of a family that are counters, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string family, CancellationToken cancellationToken)
    {
        var imported = TableLayout.Partition(table, TableLayout.AdmittedPrefix + TableLayout.Imported);
        imported.KeyConditionExpression += " AND begins_with(sk, :prefix)";
        imported.ExpressionAttributeValues[":prefix"] = TableLayout.Text(CounterKeys.PrefixOf(family));
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var query in new[] { TableLayout.Partition(table, TableLayout.AdmittedPrefix + family), imported })
        {
            await foreach (var item in client.ItemsAsync(query, client.Start(), cancellationToken))
            {
                keys.Add(item[TableLayout.SortKey].S);
            }
        }

        return [.. keys];
    }

    private static Dictionary<string, AttributeValue> KeyOf(string family, string key) =>
        TableLayout.Key(TableLayout.AdmittedPrefix + family, key);

    private async Task<bool> IsAdmittedAsync(
        string family, string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = KeyOf(family, key), ConsistentRead = true };
        return (await client.GetAsync(request, deadline, cancellationToken)).Item is { Count: > 0 };
    }

    private Transaction Admission(string family, string key, int ceiling)
    {
        var transaction = new Transaction();
        transaction.Add(
            TransactionPart.Key,
            new Put { TableName = table, Item = KeyOf(family, key), ConditionExpression = "attribute_not_exists(pk)" });
        transaction.Add(
            TransactionPart.Family,
            new Update
            {
                TableName = table,
                Key = TableLayout.Key(TableLayout.Families, family),
                UpdateExpression = $"ADD {TableLayout.AdmittedKeys} :one",
                ConditionExpression = $"attribute_not_exists(pk) OR {TableLayout.AdmittedKeys} < :ceiling",
                ExpressionAttributeValues = new()
                {
                    [":one"] = TableLayout.Number(1),
                    [":ceiling"] = TableLayout.Number(ceiling),
                },
            });
        return transaction;
    }
}
