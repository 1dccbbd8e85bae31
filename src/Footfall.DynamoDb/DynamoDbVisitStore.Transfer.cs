using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
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
        string? name = null;
        var merged = new List<MergedLedger>();
        await foreach (var item in PartitionAsync(TableLayout.Ledger, cancellationToken))
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
        await foreach (var item in PartitionAsync(TableLayout.ImportPrefix + source, cancellationToken))
        {
            yield return TableLayout.TakenOf(item);
        }
    }

    public async Task BeginImportAsync(LedgerOrigin source, CancellationToken cancellationToken)
    {
        (await IdentifyAsync(cancellationToken)).RequireDisjoint(source);
        foreach (var ids in source.All.Chunk(MaxTransactionItems))
        {
            var transaction = new Transaction();
            foreach (var id in ids)
            {
                transaction.Add(TransactionPart.Merge, Merge(id, source.Id));
            }

            if (await client.TransactAsync(transaction, client.Start(), cancellationToken) is not null)
            {
                throw new TransferException(
                    $"Another import has brought a part of ledger {source.Id} in this moment. Try again to see which.");
            }
        }
    }

    public Task AdmitImportedAsync(string key, CancellationToken cancellationToken) =>
        admitted.AdmitImportedAsync(key, cancellationToken);

    public async Task<LedgerEntry> AddImportedAsync(string source, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        var key = TableLayout.Import(source, entry.Counter, entry.Day);
        var placement = ShardedTallies.PlaceImport();
        while (true)
        {
            var known = await FindAsync(key, deadline, cancellationToken);
            var added = entry.NewSince(known is null ? null : TableLayout.TakenOf(known));
            if (added.IsEmpty)
            {
                return added;
            }

            // Refused for the import: another one of the same entry was faster; its item then has another revision.
            var fits = Tally.Max(added.Tally, placement.Room) == placement.Room;
            var refusal = fits
                ? await client.TransactAsync(Addition(key, known, added, placement), deadline, cancellationToken)
                : null;
            if (fits && refusal is null)
            {
                return added;
            }

            if (!fits || refusal!.IsFor(TransactionPart.Total))
            {
                placement = placement.IsLast
                    ? throw new TransferException(
                        $"With the next entry a number of the counter {entry.Counter} would go over {Tally.MaxCount}, the "
                        + "largest that is kept. Nothing of it was added.")
                    : await tallies.PlaceInLastRoomAsync(entry.Counter, deadline, cancellationToken);
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
                ? new(counter, day: null, TableLayout.TallyOf(item))
                : null;
        }

        return sort.StartsWith(TableLayout.DayPrefix, StringComparison.Ordinal)
            ? new(TableLayout.CounterOf(partition), TableLayout.DayOf(sort), TableLayout.TallyOf(item), TableLayout.SourcesOf(item))
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

        // Refused: another instance was faster, or an earlier attempt was; what is there now is the name.
        await client.TryPutAsync(request, client.Start(), cancellationToken);
        return await IdentifyAsync(cancellationToken);
    }

    private Put Merge(string id, string via)
    {
        var item = TableLayout.Key(TableLayout.Ledger, TableLayout.MergedPrefix + id);
        item[TableLayout.Via] = TableLayout.Text(via);
        return new()
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(pk) OR via = :via",
            ExpressionAttributeValues = new() { [":via"] = TableLayout.Text(via) },
        };
    }

    private Transaction Addition(
        Dictionary<string, AttributeValue> importKey,
        Dictionary<string, AttributeValue>? known,
        LedgerEntry added,
        Placement placement)
    {
        var taken = Add(importKey, added.Tally, added.Sources);
        taken.UpdateExpression += ", revision :one";
        taken.ExpressionAttributeValues[":one"] = TableLayout.Number(1);
        taken.ConditionExpression = "attribute_not_exists(pk)";
        if (known is not null)
        {
            taken.ConditionExpression = "revision = :revision";
            taken.ExpressionAttributeValues[":revision"] = known[TableLayout.Revision];
        }

        var transaction = new Transaction();
        transaction.Add(TransactionPart.Import, taken);
        var total = Add(TableLayout.Total(added.Counter, placement.Shard), added.Tally, SourceCounts.None);
        RequireRoom(total, placement.Room - added.Tally);
        transaction.Add(TransactionPart.Total, total);
        if (added.Day is { } day)
        {
            transaction.Add(
                TransactionPart.Day, Add(TableLayout.Day(added.Counter, day, placement.Shard), added.Tally, added.Sources));
        }

        return transaction;
    }

    private static void RequireRoom(Update total, Tally room)
    {
        total.ExpressionAttributeValues[":visitorsRoom"] = TableLayout.Number(room.Visitors);
        total.ConditionExpression = HasRoom(TableLayout.Visitors, ":visitorsRoom");
        foreach (var outcome in OutcomeNames.All)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $":room{(int)outcome}");
            total.ExpressionAttributeValues[value] = TableLayout.Number(room[outcome]);
            total.ConditionExpression += $" AND {HasRoom(TableLayout.AttributeOf(outcome), value)}";
        }

        static string HasRoom(string attribute, string room) =>
            $"(attribute_not_exists({attribute}) OR {attribute} <= {room})";
    }

    private Update Add(Dictionary<string, AttributeValue> key, Tally added, SourceCounts sources)
    {
        var names = new Dictionary<string, string>();
        var values = new Dictionary<string, AttributeValue>
        {
            [":visitors"] = TableLayout.Number(added.Visitors),
        };
        var terms = new StringBuilder($"ADD {TableLayout.Visitors} :visitors");
        foreach (var outcome in OutcomeNames.All)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $":outcome{(int)outcome}");
            values[value] = TableLayout.Number(added[outcome]);
            terms.Append(CultureInfo.InvariantCulture, $", {TableLayout.AttributeOf(outcome)} {value}");
        }

        foreach (var (source, visits) in sources.All)
        {
            // Short: an expression has 4 KB at most.
            var place = names.Count.ToString(CultureInfo.InvariantCulture);
            names[$"#f{place}"] = TableLayout.AttributeOf(source);
            values[$":f{place}"] = TableLayout.Number(visits);
            terms.Append(CultureInfo.InvariantCulture, $", #f{place} :f{place}");
        }

        return new()
        {
            TableName = table,
            Key = key,
            UpdateExpression = terms.ToString(),
            ExpressionAttributeNames = names.Count == 0 ? null : names,
            ExpressionAttributeValues = values,
        };
    }
}
