using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Where a counter's tallies are, and what they come to. Safe for concurrent use.</summary>
/// <remarks>
/// Instances may be set to different numbers of shards, and the number may change: the largest that was ever used stands
/// in the total of shard 0 before anything is added to another one. Whoever reads that total knows where else to look.
/// </remarks>
/// <param name="shards">Over how many shards this instance spreads what it adds.</param>
/// <param name="clock">Tells how long ago the reading of shards was throttled.</param>
internal sealed class ShardedTallies(RetryingClient client, string table, int shards, TimeProvider clock)
{
    // What BatchGetItem takes.
    private const int MaxBatch = 100;

    private const int ShardsReadAtOnce = 16;

    private static readonly Tally Full = Everywhere(Tally.MaxCount);

    // A million million before the end: more than all instances together can add meanwhile.
    private static readonly Tally NearlyFull = Everywhere(Tally.MaxCount - 1_000_000_000_000);

    // Over how many shards each counter is spread, as it was last seen in the table.
    private readonly ConcurrentDictionary<string, int> spread = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, SeenShards> seen = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether all of a counter is in one shard, as far as is known: then its total is one item, which a transaction may
    /// expect.
    /// </summary>
    public bool IsWhole(string counter) => WidthOf(counter) == 1;

    /// <summary>Whether a total has so much room left that nobody has to look at it.</summary>
    public static bool IsFarFromFull(Tally total) => Tally.Max(total, NearlyFull) == NearlyFull;

    /// <summary>Takes over from the total of shard 0 how far the counter is spread.</summary>
    /// <param name="firstTotal">Null when there is none.</param>
    public void Learn(string counter, Dictionary<string, AttributeValue>? firstTotal) =>
        spread[counter] = firstTotal is null ? 1 : TableLayout.ShardsOf(firstTotal);

    /// <summary>
    /// Writes down, before this instance adds to one of its shards, that the counter is spread over as many. One write
    /// when an instance is the first to use so many; afterwards nothing.
    /// </summary>
    public async Task AnnounceAsync(string counter, Deadline deadline, CancellationToken cancellationToken)
    {
        if (SpreadOf(counter) >= shards)
        {
            return;
        }

        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = TableLayout.Total(counter, shard: 0),
            UpdateExpression = $"SET {TableLayout.Shards} = :shards",
            ConditionExpression = $"attribute_not_exists({TableLayout.Shards}) OR {TableLayout.Shards} < :shards",
            ExpressionAttributeValues = new() { [":shards"] = TableLayout.Number(shards) },
        };

        // Refused: there are as many already, or more, which the next reading shows.
        await client.TryUpdateAsync(request, deadline, cancellationToken);
        spread[counter] = shards;
    }

    /// <summary>Where to add what was taken over, as long as the counter stays far from full.</summary>
    public static Placement PlaceImport() => new(Shard: 0, NearlyFull, IsLast: false);

    /// <summary>Where to add a recording, as long as the counter is far from full: in any shard.</summary>
    public Placement Place(Random random) => new(random.Next(shards), NearlyFull, IsLast: false);

    /// <summary>Where to add to a counter that is nearly full: in shard 0, when all others are closed.</summary>
    public async Task<Placement> PlaceInLastRoomAsync(
        string counter, Deadline deadline, CancellationToken cancellationToken)
    {
        var others = await CloseAsync(counter, deadline, cancellationToken);
        return new(Shard: 0, Full - others, IsLast: true);
    }

    /// <summary>The tally of all time; of several shards each at a moment of its own.</summary>
    public async Task<Tally> ReadTotalAsync(string counter, Deadline deadline, CancellationToken cancellationToken)
    {
        var known = WidthOf(counter);
        var totals = await GetTotalsAsync(
            counter, [.. Enumerable.Range(0, known)], mayLack: false, deadline, cancellationToken);
        Learn(counter, totals[0]);
        var others = await GetTotalsAsync(
            counter, [.. Enumerable.Range(known, WidthOf(counter) - known)], mayLack: false, deadline, cancellationToken);
        return Sum(totals.Values) + Sum(others.Values);
    }

    /// <summary>
    /// The tally of all time as a receipt shows it, behind what was recorded in one shard: of several, those whose reading
    /// DynamoDB throttles are taken as this instance last saw them, but for that one.
    /// </summary>
    public async Task<Tally> ReadForReceiptAsync(
        string counter, int recordedIn, Deadline deadline, CancellationToken cancellationToken)
    {
        var width = WidthOf(counter);
        if (width == 1)
        {
            return await ReadTotalAsync(counter, deadline, cancellationToken);
        }

        var sight = seen.GetOrAdd(counter, _ => new(clock));
        var mayLack = sight.KnowsAll(width);
        int[] wanted = mayLack && sight.IsThrottled ? [recordedIn] : [.. Enumerable.Range(0, width)];
        var totals = await GetTotalsAsync(
            counter, wanted, mayLack && wanted.Length > 1, deadline, cancellationToken);
        if (totals.Count < wanted.Length)
        {
            sight.RememberThrottled();
        }

        if (!totals.ContainsKey(recordedIn))
        {
            var own = await GetTotalsAsync(counter, [recordedIn], mayLack: false, deadline, cancellationToken);
            totals[recordedIn] = own[recordedIn];
        }

        foreach (var (shard, item) in totals)
        {
            sight.Remember(shard, TallyOf(item));
        }

        if (totals.TryGetValue(0, out var first))
        {
            Learn(counter, first);
        }

        return WidthOf(counter) == width ? sight.Sum() : await ReadTotalAsync(counter, deadline, cancellationToken);
    }

    /// <summary>
    /// The days from the first to the last that had a request, and the tally of all time, which add up. Of several shards
    /// each is read at a moment of its own; that they add up all the same is because each recording is in one shard.
    /// </summary>
    public async Task<ShardReading> ReadDailyAsync(
        string counter,
        (DateOnly From, DateOnly To) range,
        DateOnly today,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var reader = new ShardReader(client, table);
        var sum = await reader.ReadAsync(counter, shard: 0, range, today, deadline, cancellationToken);
        spread[counter] = sum.Spread;
        foreach (var others in Enumerable.Range(1, WidthOf(counter) - 1).Chunk(ShardsReadAtOnce))
        {
            var readings = await Task.WhenAll(others.Select(
                shard => reader.ReadAsync(counter, shard, range, today, deadline, cancellationToken)));
            foreach (var reading in readings)
            {
                sum.Add(reading);
            }
        }

        return sum;
    }

    private static Tally Everywhere(long count) => new(count, count, count, count, count, count, count);

    private static Tally Sum(IEnumerable<Dictionary<string, AttributeValue>?> totals) =>
        totals.Aggregate(default(Tally), (sum, item) => sum + TallyOf(item));

    private static Tally TallyOf(Dictionary<string, AttributeValue>? total) =>
        total is null ? default : TableLayout.TallyOf(total);

    private int SpreadOf(string counter) => spread.GetValueOrDefault(counter, 1);

    private int WidthOf(string counter) => Math.Max(shards, SpreadOf(counter));

    /// <summary>
    /// Closes all shards but the first, as far as they are not: no number of a counter may go over
    /// <see cref="Tally.MaxCount"/>, and a condition sees one shard. What is closed grows no more, and so the room that it
    /// leaves to the first is known.
    /// </summary>
    /// <returns>What is in the closed shards.</returns>
    private async Task<Tally> CloseAsync(string counter, Deadline deadline, CancellationToken cancellationToken)
    {
        // Tells how many there are.
        await ReadTotalAsync(counter, deadline, cancellationToken);
        int[] others = [.. Enumerable.Range(1, WidthOf(counter) - 1)];
        foreach (var shard in others)
        {
            var request = new UpdateItemRequest
            {
                TableName = table,
                Key = TableLayout.Total(counter, shard),
                UpdateExpression = $"SET {TableLayout.Closed} = :one",
                ConditionExpression = $"attribute_not_exists({TableLayout.Closed})",
                ExpressionAttributeValues = new() { [":one"] = TableLayout.Number(1) },
            };
            await client.TryUpdateAsync(request, deadline, cancellationToken);
        }

        return Sum((await GetTotalsAsync(counter, others, mayLack: false, deadline, cancellationToken)).Values);
    }

    /// <param name="mayLack">Whether shards whose reading DynamoDB throttles are left out, instead of tried again.</param>
    /// <returns>The item of each shard's total, null where there is none.</returns>
    private async Task<Dictionary<int, Dictionary<string, AttributeValue>?>> GetTotalsAsync(
        string counter, int[] wanted, bool mayLack, Deadline deadline, CancellationToken cancellationToken)
    {
        if (wanted is [var only])
        {
            var key = TableLayout.Total(counter, only);
            var request = new GetItemRequest { TableName = table, Key = key, ConsistentRead = true };
            var answer = await client.GetAsync(request, deadline, cancellationToken);
            return new() { [only] = answer.Item is { Count: > 0 } item ? item : null };
        }

        var batches = await Task.WhenAll(wanted.Chunk(MaxBatch).Select(
            batch => GetBatchAsync(counter, batch, mayLack, deadline, cancellationToken)));
        return batches.SelectMany(batch => batch).ToDictionary();
    }

    private async Task<Dictionary<int, Dictionary<string, AttributeValue>?>> GetBatchAsync(
        string counter, int[] wanted, bool mayLack, Deadline deadline, CancellationToken cancellationToken)
    {
        var totals = wanted.ToDictionary(shard => shard, _ => default(Dictionary<string, AttributeValue>));
        var request = new BatchGetItemRequest
        {
            RequestItems = new()
            {
                [table] = new() { Keys = [.. wanted.Select(shard => TableLayout.Total(counter, shard))], ConsistentRead = true },
            },
        };
        for (var attempt = 0; ; attempt++)
        {
            var answer = await client.BatchGetAsync(request, deadline, cancellationToken);
            foreach (var item in answer.Responses?.GetValueOrDefault(table) ?? [])
            {
                totals[TableLayout.ShardOf(item)] = item;
            }

            if (answer.UnprocessedKeys is not { Count: > 0 } left)
            {
                return totals;
            }

            if (mayLack)
            {
                left[table].Keys.ForEach(key => totals.Remove(TableLayout.ShardOf(key)));
                return totals;
            }

            request.RequestItems = left;
            await client.BackOffAsync(attempt, RequestFailure.Throttling, cause: null, deadline, cancellationToken);
        }
    }
}
