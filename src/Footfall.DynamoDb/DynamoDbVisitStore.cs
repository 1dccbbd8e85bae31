using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Counts in a DynamoDB table, which any number of instances may share.</summary>
/// <remarks>
/// Needs <c>GetItem</c>, <c>Query</c>, <c>PutItem</c>, <c>UpdateItem</c> and <c>ConditionCheckItem</c> on the table.
/// What each path costs in units stands at <see cref="ClaimTransactions"/>. Round trips one after the other, on an
/// instance that has the day's salt and has seen the counter's total, which is one shard:
/// <list type="bullet">
/// <item>visit 1, or 2 when this instance does not remember a returning visitor, or when another instance has counted
/// somebody since;</item>
/// <item>repeat 1, or 2 when this instance does not remember the visitor, of which the first decides;</item>
/// <item>limited 2, of which the first decides;</item>
/// <item>bot, prefetch and opted-out 1.</item>
/// </list>
/// With several shards, on the first sight of a counter, and while others are seen to count it too, a visit takes one
/// more: a transaction returns no values, so the totals are read afterwards. What an instance remembers:
/// <see cref="RecentClaims"/>, <see cref="KnownTotals"/>.
/// </remarks>
public sealed partial class DynamoDbVisitStore : IVisitStore
{
    private readonly PatientClient client;
    private readonly string table;
    private readonly int shards;
    private readonly TimeProvider clock;
    private readonly Random random;
    private readonly RecentClaims recentClaims = new();
    private readonly KnownTotals knownTotals;

    /// <param name="client">As <see cref="DynamoDbClients"/> makes it: without retries of its own.</param>
    /// <param name="clock">Tells which salts are gone, and how fast totals grow. Waits are measured by the machine's own.</param>
    /// <param name="random">Draws shards and waits; safe for concurrent use, as <c>Random.Shared</c> is.</param>
    public DynamoDbVisitStore(IAmazonDynamoDB client, DynamoDbStoreOptions options, TimeProvider clock, Random random)
    {
        this.client = new PatientClient(client, options.TimeBudget, random);
        table = options.TableName;
        shards = options.Shards;
        this.clock = clock;
        this.random = random;
        knownTotals = new(clock);
    }

    /// <summary>
    /// How many attempts were turned away since the start because another transaction was working on one of their
    /// items; a number that grows with the visits asks for more <see cref="DynamoDbStoreOptions.Shards"/>.
    /// </summary>
    public long Conflicts => client.Conflicts;

    /// <inheritdoc/>
    public async Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() is var now && now >= Retention.Expiry(day))
        {
            throw SaltFaults.Expired(day, now);
        }

        var deadline = client.Start();
        while (true)
        {
            if (await FindSaltAsync(day, deadline, cancellationToken) is { } known)
            {
                return known;
            }

            if (await TryAddSaltAsync(day, candidate, deadline, cancellationToken))
            {
                await EraseSaltAsync(day.AddDays(-2), deadline, cancellationToken);
                return candidate;
            }
        }
    }

    /// <inheritdoc/>
    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) =>
        FindSaltAsync(day, client.Start(), cancellationToken);

    /// <inheritdoc/>
    public async Task<Receipt> AddAsync(
        string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        var items = new List<TransactWriteItem>(capacity: 2);
        TallyUpdates.Add(items, table, counter, day, random.Next(shards), outcome, newVisitor: false, expected: null);
        var (_, total) = await RecordAsync(items, counter, outcome, deadline, cancellationToken);
        return new(outcome, total.Visits, total.Visitors);
    }

    /// <inheritdoc/>
    public async Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        var transactions = new ClaimTransactions(table, claim, random.Next(shards));
        var claimCase = recentClaims.CaseOf(claim);
        var seen = knownTotals.Find(claim.Counter);
        var surprises = 0;
        while (true)
        {
            var outcome = claimCase.Outcome();
            var expected = outcome == Outcome.Visit ? seen : null;
            var items = transactions.For(claimCase, expected);
            var (refusal, total) = expected is { } before
                ? (await client.TransactAsync(items, deadline, cancellationToken), before + claimCase.Tally())
                : await RecordAsync(items, claim.Counter, outcome, deadline, cancellationToken);
            if (refusal is null)
            {
                if (outcome == Outcome.Visit)
                {
                    recentClaims.Note(claim.Visitor, claim.At);
                }

                if (expected is not null)
                {
                    knownTotals.Note(claim.Counter, total);
                }

                return new(outcome, total.Visits, total.Visitors);
            }

            claimCase = transactions.CaseAfter(claimCase, refusal, recentClaims);
            seen = ClaimTransactions.TotalAfter(refusal, expected);
            if (seen is { } surprise && surprise != expected)
            {
                knownTotals.NoteSurprise(claim.Counter, surprise);

                // Whoever is surprised twice takes the total as it is, and reads it afterwards.
                seen = ++surprises < 2 ? surprise : null;
            }
        }
    }

    /// <inheritdoc/>
    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) =>
        ReadTotalAsync(counter, client.Start(), cancellationToken);

    /// <inheritdoc/>
    public async Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) => new(
        await ReadDaysAsync(counter, from, to, cancellationToken),
        await ReadTotalAsync(counter, cancellationToken));

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        GetAsync(TableLayout.SaltOf(Today()), client.Start(), cancellationToken);

    private async Task<IReadOnlyList<DailyTally>> ReadDaysAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (from > to)
        {
            return [];
        }

        // '~' sorts behind every shard of the last day.
        var query = Query(counter, "pk = :pk AND sk BETWEEN :from AND :to");
        query.ExpressionAttributeValues[":from"] =
            TableLayout.Text($"{TableLayout.DayPrefix}{TableLayout.Name(from)}");
        query.ExpressionAttributeValues[":to"] =
            TableLayout.Text($"{TableLayout.DayPrefix}{TableLayout.Name(to)}~");

        var days = new List<DailyTally>();
        await foreach (var item in ItemsAsync(query, client.Start(), cancellationToken))
        {
            var day = TableLayout.DayOf(item[TableLayout.SortKey].S);
            var tally = TableLayout.TallyOf(item);
            if (days.Count > 0 && days[^1].Day == day)
            {
                days[^1] = new(day, days[^1].Tally + tally);
            }
            else
            {
                days.Add(new(day, tally));
            }
        }

        return days;
    }

    /// <summary>Carries out the transaction that comes to an outcome, and reads the totals for its receipt.</summary>
    /// <returns>Why it was refused, null when it was not; and the totals, which mean nothing when it was.</returns>
    private async Task<(List<CancellationReason>? Refusal, Tally Total)> RecordAsync(
        List<TransactWriteItem> items,
        string counter,
        Outcome outcome,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var transaction = client.TransactAsync(items, deadline, cancellationToken);
        if (outcome == Outcome.Visit && await transaction is { } refusal)
        {
            return (refusal, default);
        }

        // Only a visit changes what a receipt shows; beside any other transaction it can be read meanwhile.
        var total = ReadTotalAsync(counter, deadline, cancellationToken);
        await Task.WhenAll(transaction, total);
        return (await transaction, await total);
    }

    private async Task<Tally> ReadTotalAsync(string counter, Deadline deadline, CancellationToken cancellationToken)
    {
        var query = Query(counter, "pk = :pk AND begins_with(sk, :total)");
        query.ExpressionAttributeValues[":total"] = TableLayout.Text(TableLayout.TotalPrefix);

        var total = default(Tally);
        var isInFirstShard = true;
        await foreach (var item in ItemsAsync(query, deadline, cancellationToken))
        {
            total += TableLayout.TallyOf(item);
            isInFirstShard &= item[TableLayout.SortKey].S == TableLayout.FirstTotal;
        }

        // One that can be expected: all in the one item that visits are added to, and neither number absent.
        if (shards == 1 && isInFirstShard && total is { Visits: > 0, Visitors: > 0 })
        {
            knownTotals.Note(counter, total);
        }

        return total;
    }

    private QueryRequest Query(string counter, string keyCondition) => new()
    {
        TableName = table,
        ConsistentRead = true,
        KeyConditionExpression = keyCondition,
        ExpressionAttributeValues = new() { [":pk"] = TableLayout.Text(TableLayout.CounterKey(counter)) },
    };

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ItemsAsync(
        QueryRequest query,
        Deadline deadline,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await client.QueryAsync(query, deadline, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            query.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (query.ExclusiveStartKey is { Count: > 0 });
    }

    private async Task<Salt?> FindSaltAsync(DateOnly day, Deadline deadline, CancellationToken cancellationToken)
    {
        // DynamoDB deletes late: a salt whose time has passed is gone, wherever it still lies.
        if (clock.GetUtcNow() >= Retention.Expiry(day))
        {
            return null;
        }

        var item = await GetAsync(TableLayout.SaltOf(day), deadline, cancellationToken);
        return item is null ? null : new Salt(item[TableLayout.Salt].B.ToArray());
    }

    private async Task<bool> TryAddSaltAsync(
        DateOnly day, Salt candidate, Deadline deadline, CancellationToken cancellationToken)
    {
        var item = TableLayout.SaltOf(day);
        item[TableLayout.Salt] = new() { B = new MemoryStream(candidate.Bytes.ToArray()) };
        item[TableLayout.Expires] = TableLayout.ExpiryOf(day);
        try
        {
            var request = new PutItemRequest
            {
                TableName = table,
                Item = item,
                ConditionExpression = "attribute_not_exists(pk) OR expires <= :now",
                ExpressionAttributeValues = new()
                {
                    [":now"] = TableLayout.Number(clock.GetUtcNow().ToUnixTimeSeconds()),
                },
            };
            await client.PutAsync(request, deadline, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Erases the salt whose time ended as this day began: DynamoDB itself may take days to delete it. The first visit
    /// of a day pays for it, one write; should it fail, DynamoDB's own deletion is left.
    /// </summary>
    private async Task EraseSaltAsync(DateOnly day, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var request = new UpdateItemRequest
            {
                TableName = table,
                Key = TableLayout.SaltOf(day),
                UpdateExpression = "REMOVE salt",
                ConditionExpression = "attribute_exists(salt)",
            };
            await client.UpdateAsync(request, deadline, cancellationToken);
        }
        catch (Exception e) when (e is ConditionalCheckFailedException or StoreUnavailableException)
        {
            // There was none, or it stays a while longer; the visit is counted all the same.
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(
        Dictionary<string, AttributeValue> key, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = key, ConsistentRead = true };
        var answer = await client.GetAsync(request, deadline, cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
