using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Reads one shard's total and days as they were at one moment, so that they add up.</summary>
/// <remarks>
/// A query may see one item of a transaction and not yet another; TransactGetItems sees all of them or none (Developer
/// Guide, "Transactions: how it works", isolation levels). It takes a hundred items at most and twice the units, so it
/// reads what visits are being added to: the total and the current days. A query reads the other days, between two such
/// readings: when total and current days have grown by the same from one to the other, nothing was added to any other
/// day. Otherwise, which only an import or a wrong clock brings about, the days that were added to are from then on read
/// together with the total. Costs, in read request units: 8 where only current days are asked for; otherwise 16, and one
/// for 4 KB of days, some forty of them.
/// </remarks>
internal sealed class ShardReader(RetryingClient client, string table)
{
    // Beside the total, of what TransactGetItems takes.
    private const int MaxTogether = 99;

    /// <param name="today">Visits are added to it, to the day before and, by clocks that differ, to the next.</param>
    public async Task<ShardReading> ReadAsync(
        string counter,
        int shard,
        (DateOnly From, DateOnly To) range,
        DateOnly today,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var current = new List<DateOnly> { today.AddDays(-1), today, today.AddDays(1) };
        var isCurrent = range.From >= current[0] && range.To <= current[^1];
        List<DailyTally> earlier = [];
        for (var attempt = 0; ; attempt++)
        {
            var before = await ReadCurrentAsync(counter, shard, current, deadline, cancellationToken);
            if (isCurrent)
            {
                return Within(range, before);
            }

            var others = await QueryDaysAsync(counter, shard, range, deadline, cancellationToken);
            var after = await ReadCurrentAsync(counter, shard, current, deadline, cancellationToken);
            if (after.Total - before.Total == after.SumOfDays - before.SumOfDays)
            {
                foreach (var day in others.Where(other => !current.Contains(other.Day)))
                {
                    after.AddDay(day);
                }

                return Within(range, after);
            }

            var changed = attempt == 0 ? [] : others.Except(earlier).Select(other => other.Day).Except(current).ToList();
            current.AddRange(changed.Take(MaxTogether - current.Count));
            earlier = others;
            await client.BackOffAsync(
                attempt, "earlier days were being added to.", cause: null, deadline, cancellationToken);
        }
    }

    private static ShardReading Within((DateOnly From, DateOnly To) range, ShardReading reading)
    {
        foreach (var day in reading.Days.Keys.Where(day => day < range.From || day > range.To).ToList())
        {
            reading.Days.Remove(day);
        }

        return reading;
    }

    private async Task<ShardReading> ReadCurrentAsync(
        string counter, int shard, List<DateOnly> days, Deadline deadline, CancellationToken cancellationToken)
    {
        var keys = days.Select(day => TableLayout.Day(counter, day, shard)).Prepend(TableLayout.Total(counter, shard));
        var request = new TransactGetItemsRequest
        {
            TransactItems = [.. keys.Select(key => new TransactGetItem { Get = new() { TableName = table, Key = key } })],
        };
        var answer = await client.TransactGetAsync(request, deadline, cancellationToken);

        // One answer for each key, in their order; empty where there is no item.
        var items = answer.Responses.ConvertAll(response => response.Item is { Count: > 0 } item ? item : null);
        var reading = new ShardReading();
        if (items[0] is { } total)
        {
            reading.AddTotal(TableLayout.TallyOf(total));
            reading.Spread = TableLayout.ShardsOf(total);
        }

        foreach (var item in items.Skip(1).OfType<Dictionary<string, AttributeValue>>())
        {
            reading.AddDay(TableLayout.DailyTallyOf(item));
        }

        return reading;
    }

    private async Task<List<DailyTally>> QueryDaysAsync(
        string counter,
        int shard,
        (DateOnly From, DateOnly To) range,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var query = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = "pk = :pk AND sk BETWEEN :from AND :to",
            ExpressionAttributeValues = new()
            {
                [":pk"] = TableLayout.Text(TableLayout.ShardKey(counter, shard)),
                [":from"] = TableLayout.Text(TableLayout.DayName(range.From)),
                [":to"] = TableLayout.Text(TableLayout.DayName(range.To)),
            },
        };
        var days = new List<DailyTally>();
        await foreach (var item in client.ItemsAsync(query, deadline, cancellationToken))
        {
            days.Add(TableLayout.DailyTallyOf(item));
        }

        return days;
    }
}
