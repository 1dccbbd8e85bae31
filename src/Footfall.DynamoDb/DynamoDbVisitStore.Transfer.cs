using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.DynamoDb;

/// <content>
/// Moving and merging: what an owner does with credentials of their own. Beside what counting needs, reading
/// everything takes <c>Scan</c>.
/// </content>
public sealed partial class DynamoDbVisitStore : ILedger
{
    // TransactWriteItems takes a hundred.
    private const int MaxTransactionItems = 100;

    public async Task<LedgerOrigin> IdentifyAsync(CancellationToken cancellationToken)
    {
        var query = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = TableLayout.Text(TableLayout.Ledger) },
        };
        string? name = null;
        var merged = new List<MergedLedger>();
        await foreach (var item in ItemsAsync(query, client.Start(), cancellationToken))
        {
            var key = item[TableLayout.SortKey].S;
            if (key == TableLayout.LedgerName)
            {
                name = item[TableLayout.LedgerName].S;
            }
            else
            {
                merged.Add(new(key[TableLayout.MergedPrefix.Length..], item[TableLayout.Via].S));
            }
        }

        return name is null ? await NameAsync(cancellationToken) : new(name, merged);
    }

    public async IAsyncEnumerable<LedgerEntry> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = new ScanRequest
        {
            TableName = table,
            ConsistentRead = true,
            FilterExpression = "begins_with(pk, :counter) OR begins_with(pk, :import)",
            ExpressionAttributeValues = new()
            {
                [":counter"] = TableLayout.Text(TableLayout.CounterPrefix),
                [":import"] = TableLayout.Text(TableLayout.ImportPrefix),
            },
        };
        do
        {
            var page = await client.ScanAsync(scan, client.Start(), cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                if (EntryOf(item) is { } entry)
                {
                    yield return entry;
                }
            }

            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
    }

    public async IAsyncEnumerable<LedgerEntry> ReadTakenAsync(
        string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = TableLayout.Text(TableLayout.ImportPrefix + source) },
        };
        await foreach (var item in ItemsAsync(query, client.Start(), cancellationToken))
        {
            yield return TableLayout.TakenOf(item);
        }
    }

    public async Task BeginImportAsync(LedgerOrigin source, CancellationToken cancellationToken)
    {
        (await IdentifyAsync(cancellationToken)).RequireDisjoint(source);
        foreach (var ids in source.All.Chunk(MaxTransactionItems))
        {
            var items = ids.Select(id => Merge(id, source.Id)).ToList();
            if (await client.TransactAsync(items, client.Start(), cancellationToken) is not null)
            {
                throw new TransferException(
                    $"Another import has brought a part of ledger {source.Id} in this moment. Try again to see which.");
            }
        }
    }

    public async Task<Tally> AddImportedAsync(string source, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        var key = TableLayout.Import(source, entry.Counter, entry.Day);
        while (true)
        {
            var known = await GetAsync(key, deadline, cancellationToken);
            var taken = known is null ? default : TableLayout.TallyOf(known);
            var added = Tally.Max(taken, entry.Tally) - taken;
            if (added == default)
            {
                return added;
            }

            // Another import of the same entry may be faster; its item then has another revision.
            var items = Additions(key, known, entry, added);
            if (await client.TransactAsync(items, deadline, cancellationToken) is null)
            {
                return added;
            }
        }
    }

    private static LedgerEntry? EntryOf(Dictionary<string, AttributeValue> item)
    {
        var partition = item[TableLayout.PartitionKey].S;
        var sort = item[TableLayout.SortKey].S;
        if (partition.StartsWith(TableLayout.ImportPrefix, StringComparison.Ordinal))
        {
            return TableLayout.UndatedCounter(sort) is { } counter
                ? new(counter, Day: null, TableLayout.TallyOf(item))
                : null;
        }

        return sort.StartsWith(TableLayout.DayPrefix, StringComparison.Ordinal)
            ? new(partition[TableLayout.CounterPrefix.Length..], TableLayout.DayOf(sort), TableLayout.TallyOf(item))
            : null;
    }

    private async Task<LedgerOrigin> NameAsync(CancellationToken cancellationToken)
    {
        var item = TableLayout.Key(TableLayout.Ledger, TableLayout.LedgerName);
        item[TableLayout.LedgerName] = TableLayout.Text(LedgerOrigin.NewId());
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(pk)",
        };
        try
        {
            await client.PutAsync(request, client.Start(), cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another instance was faster, or an earlier attempt was; what is there now is the name.
        }

        return await IdentifyAsync(cancellationToken);
    }

    private TransactWriteItem Merge(string id, string via)
    {
        var item = TableLayout.Key(TableLayout.Ledger, TableLayout.MergedPrefix + id);
        item[TableLayout.Via] = TableLayout.Text(via);
        return new()
        {
            Put = new()
            {
                TableName = table,
                Item = item,
                ConditionExpression = "attribute_not_exists(pk) OR via = :via",
                ExpressionAttributeValues = new() { [":via"] = TableLayout.Text(via) },
            },
        };
    }

    private List<TransactWriteItem> Additions(
        Dictionary<string, AttributeValue> importKey,
        Dictionary<string, AttributeValue>? known,
        LedgerEntry entry,
        Tally added)
    {
        var taken = Addition(importKey, added);
        taken.Update.UpdateExpression += ", revision :one";
        taken.Update.ExpressionAttributeValues[":one"] = TableLayout.Number(1);
        taken.Update.ConditionExpression = "attribute_not_exists(pk)";
        if (known is not null)
        {
            taken.Update.ConditionExpression = "revision = :revision";
            taken.Update.ExpressionAttributeValues[":revision"] = known[TableLayout.Revision];
        }

        List<TransactWriteItem> items = [taken, Addition(TableLayout.Total(entry.Counter, shard: 0), added)];
        if (entry.Day is { } day)
        {
            items.Add(Addition(TableLayout.Day(entry.Counter, day, shard: 0), added));
        }

        return items;
    }

    private TransactWriteItem Addition(Dictionary<string, AttributeValue> key, Tally added)
    {
        var values = new Dictionary<string, AttributeValue>
        {
            [":visitors"] = TableLayout.Number(added.Visitors),
        };
        var terms = $"ADD {TableLayout.Visitors} :visitors";
        foreach (var outcome in OutcomeNames.All)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $":outcome{(int)outcome}");
            values[value] = TableLayout.Number(added[outcome]);
            terms += $", {TableLayout.AttributeOf(outcome)} {value}";
        }

        return new()
        {
            Update = new()
            {
                TableName = table,
                Key = key,
                UpdateExpression = terms,
                ExpressionAttributeValues = values,
            },
        };
    }
}
