using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>The salts in the table: one item a day, without a value when it has been erased.</summary>
/// <param name="connection">Whose replies tell DynamoDB's time.</param>
internal sealed class StoredSalts(RetryingClient client, IAmazonDynamoDB connection, string table, TimeProvider clock)
{
    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The salt of the day; <paramref name="candidate"/> when there was none.</summary>
    public async Task<Salt> GetOrAddAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken)
    {
        using var serviceClock = new ServiceClock(connection, clock);
        var deadline = client.Start();
        while (true)
        {
            if (IsOver(day))
            {
                throw SaltFaults.Expired(day, clock.GetUtcNow());
            }

            if (await FindAsync(day, serviceClock, deadline, cancellationToken) is { } known)
            {
                return known;
            }

            if (await TryAddAsync(day, candidate, deadline, cancellationToken))
            {
                await EraseOthersAsync(serviceClock, deadline, cancellationToken);
                return candidate;
            }
        }
    }

    /// <summary>The salt of the day; null when there is none, or its time is over.</summary>
    public async Task<Salt?> FindAsync(DateOnly day, CancellationToken cancellationToken)
    {
        using var serviceClock = new ServiceClock(connection, clock);
        return await FindAsync(day, serviceClock, client.Start(), cancellationToken);
    }

    private async Task<Salt?> FindAsync(
        DateOnly day, ServiceClock serviceClock, Deadline deadline, CancellationToken cancellationToken)
    {
        if (IsOver(day))
        {
            return null;
        }

        var request = new GetItemRequest { TableName = table, Key = TableLayout.SaltOf(day), ConsistentRead = true };
        var item = (await client.GetAsync(request, deadline, cancellationToken)).Item;
        return item is not { Count: > 0 } || HasExpired(item) ? null
            : item.TryGetValue(TableLayout.Salt, out var value) && value.B?.Length == Salt.Size
                ? new Salt(value.B.ToArray())
                : throw SaltFaults.Damaged(
                    day, $"has been erased or changed in the table {table} before its time was over ({serviceClock})");
    }

    private async Task<bool> TryAddAsync(
        DateOnly day, Salt candidate, Deadline deadline, CancellationToken cancellationToken)
    {
        var item = TableLayout.SaltOf(day);
        item[TableLayout.Salt] = new() { B = new MemoryStream(candidate.Bytes.ToArray()) };
        item[TableLayout.Expires] = TableLayout.ExpiryOf(day);
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(pk) OR expires <= :now",
            ExpressionAttributeValues = new() { [":now"] = Now() },
        };
        return await client.TryPutAsync(request, deadline, cancellationToken);
    }

    /// <summary>
    /// Erases salts whose time is over, which DynamoDB itself may do days later, and those of days to come, which a clock
    /// that ran ahead has made. Only when DynamoDB's clock agrees with this machine's: one wrong clock must not erase
    /// what others need. The first visit of a day pays for it; should it fail, DynamoDB's own deletion is left.
    /// </summary>
    private async Task EraseOthersAsync(ServiceClock serviceClock, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!serviceClock.Agrees)
        {
            return;
        }

        try
        {
            foreach (var day in await FindOthersAsync(deadline, cancellationToken))
            {
                await EraseAsync(day, deadline, cancellationToken);
            }
        }
        catch (StoreUnavailableException)
        {
            // They stay a while longer; the visit is counted all the same.
        }
    }

    private async Task<List<DateOnly>> FindOthersAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var query = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "pk = :pk",
            FilterExpression = $"attribute_exists({TableLayout.Salt})",
            ExpressionAttributeValues = new() { [":pk"] = TableLayout.Text(TableLayout.Salt) },
        };
        var others = new List<DateOnly>();
        await foreach (var item in client.ItemsAsync(query, deadline, cancellationToken))
        {
            var day = TableLayout.DayNamed(item[TableLayout.SortKey].S);
            if (IsOver(day) || day > Today.AddDays(1))
            {
                others.Add(day);
            }
        }

        return others;
    }

    private async Task EraseAsync(DateOnly day, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = TableLayout.SaltOf(day),
            UpdateExpression = $"REMOVE {TableLayout.Salt} SET {TableLayout.Expires} = :now",
            ConditionExpression = $"attribute_exists({TableLayout.Salt})",
            ExpressionAttributeValues = new() { [":now"] = Now() },
        };
        await client.TryUpdateAsync(request, deadline, cancellationToken);
    }

    private bool IsOver(DateOnly day) => clock.GetUtcNow() >= Retention.Expiry(day);

    private bool HasExpired(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(TableLayout.Expires, out var expires)
        && TableLayout.NumberOf(expires) <= clock.GetUtcNow().ToUnixTimeSeconds();

    private AttributeValue Now() => TableLayout.Number(clock.GetUtcNow().ToUnixTimeSeconds());
}
