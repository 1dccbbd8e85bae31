using Amazon.DynamoDBv2;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Counts in a DynamoDB table, which any number of instances may share.</summary>
/// <remarks>
/// Needs <c>GetItem</c>, <c>BatchGetItem</c>, <c>Query</c>, <c>PutItem</c>, <c>UpdateItem</c> and
/// <c>ConditionCheckItem</c> on the table. What each path costs in units stands at <see cref="ClaimTransactions"/>. Round
/// trips one after the other, on an instance that has the day's salt and has seen the counter's total, which is one
/// shard:
/// <list type="bullet">
/// <item>visit 1, or 2 when this instance does not remember a returning visitor, or when another instance has counted
/// somebody since;</item>
/// <item>repeat 1, or 2 when this instance does not remember the visitor, of which the first decides;</item>
/// <item>limited 2, of which the first decides;</item>
/// <item>bot, prefetch and opted-out 1.</item>
/// </list>
/// With several shards, on the first sight of a counter, and while others are seen to count it too, a visit takes one
/// more: a transaction returns no values, so the totals are read afterwards. What an instance remembers:
/// <see cref="RecentClaims"/>, <see cref="OptimisticTotals"/>.
/// </remarks>
public sealed partial class DynamoDbVisitStore : IVisitStore
{
    // A visit that was refused so often for its total is counted without a look at it.
    private const int MaxOptimisticAttempts = 2;

    private readonly RetryingClient client;
    private readonly string table;
    private readonly int shards;
    private readonly TimeProvider clock;
    private readonly Random random;
    private readonly StoredSalts salts;
    private readonly ShardedTallies tallies;
    private readonly RecordingCheck check;
    private readonly AdmittedKeys admitted;
    private readonly RecentClaims recentClaims = new();
    private readonly OptimisticTotals optimisticTotals;

    /// <param name="client">As <see cref="DynamoDbClients"/> makes it: without retries of its own.</param>
    /// <param name="clock">
    /// Tells which salts are gone, and how fast totals grow. Waits are measured by the machine's own.
    /// </param>
    /// <param name="random">Draws shards and waits; safe for concurrent use, as <c>Random.Shared</c> is.</param>
    public DynamoDbVisitStore(IAmazonDynamoDB client, DynamoDbStoreOptions options, TimeProvider clock, Random random)
#pragma warning disable RS0030 // A network's time passes also where a test lets the clock stand still.
        : this(client, options, clock, random, TimeProvider.System)
#pragma warning restore RS0030
    {
    }

    /// <param name="timer">Measures time budgets and waits.</param>
    internal DynamoDbVisitStore(
        IAmazonDynamoDB client, DynamoDbStoreOptions options, TimeProvider clock, Random random, TimeProvider timer)
    {
        this.client = new(client, options.TimeBudget, random, timer);
        this.clock = clock;
        this.random = random;
        table = options.TableName;
        shards = options.Shards;
        salts = new(this.client, client, table, clock);
        tallies = new(this.client, table, shards, clock);
        check = new(this.client, table, clock);
        admitted = new(this.client, table);
        optimisticTotals = new(clock);
    }

    /// <summary>
    /// How many attempts were turned away since the start because another transaction was working on one of their
    /// items; a number that grows with the visits asks for more <see cref="DynamoDbStoreOptions.Shards"/>.
    /// </summary>
    public long Conflicts => client.Conflicts;

    /// <inheritdoc/>
    public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken) =>
        salts.GetOrAddAsync(day, candidate, cancellationToken);

    /// <inheritdoc/>
    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) =>
        salts.FindAsync(day, cancellationToken);

    /// <inheritdoc/>
    public async Task<Receipt> AddAsync(
        string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        await tallies.AnnounceAsync(counter, deadline, cancellationToken);
        var placement = tallies.Place(random);
        while (true)
        {
            var transaction = new Transaction();
            TallyParts.Add(
                transaction, table, counter, day, placement, outcome, newVisitor: false, source: null, expected: null);
            var (refusal, total) = await TryRecordAsync(
                transaction, counter, placement, outcome, known: null, deadline, cancellationToken);
            if (refusal is null)
            {
                return ReceiptOf(outcome, total!.Value);
            }

            placement = await PlaceAgainAsync(counter, placement, deadline, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken)
    {
        var deadline = client.Start();
        await tallies.AnnounceAsync(claim.Counter, deadline, cancellationToken);
        var transactions = new ClaimTransactions(table, claim);
        var placement = tallies.Place(random);
        var claimCase = recentClaims.CaseOf(claim);
        var seen = optimisticTotals.Find(claim.Counter);
        var optimisticAttempts = 0;
        while (true)
        {
            var outcome = claimCase.Outcome();
            var expected = outcome == Outcome.Visit ? seen : null;
            var (refusal, total) = await TryRecordAsync(
                transactions.For(claimCase, placement, expected),
                claim.Counter,
                placement,
                outcome,
                known: expected + claimCase.Tally(),
                deadline,
                cancellationToken);
            if (refusal is null)
            {
                Remember(claim, outcome, total!.Value);
                return ReceiptOf(outcome, total.Value);
            }

            var tried = claimCase;
            claimCase = transactions.CaseAfter(tried, refusal, recentClaims);
            if (expected is not null && refusal.IsFor(TransactionPart.Total))
            {
                var found = FindContended(claim.Counter, refusal);
                seen = ++optimisticAttempts < MaxOptimisticAttempts ? found : null;
            }
            else if (claimCase == tried && refusal.IsFor(TransactionPart.Total))
            {
                placement = await PlaceAgainAsync(claim.Counter, placement, deadline, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken)
    {
        var total = await tallies.ReadTotalAsync(counter, client.Start(), cancellationToken);
        RememberTotal(counter, total);
        return total;
    }

    /// <inheritdoc/>
    public async Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var reading = await tallies.ReadDailyAsync(counter, (from, to), today, client.Start(), cancellationToken);
        return new([.. reading.Days.Values], reading.Total);
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => check.RunAsync(cancellationToken);

    /// <summary>Carries out the transaction that comes to an outcome, if its conditions hold.</summary>
    /// <param name="known">The total behind it, where the transaction itself makes sure of it.</param>
    /// <returns>Why it was refused, or else the total behind it: one of them is null.</returns>
    private async Task<(Refusal? Refusal, Tally? Total)> TryRecordAsync(
        Transaction transaction,
        string counter,
        Placement placement,
        Outcome outcome,
        Tally? known,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        var recording = client.TransactAsync(transaction, deadline, cancellationToken);
        if (outcome == Outcome.Visit)
        {
            return await recording is { } refusal
                ? (refusal, null)
                : (null, known ?? await ReadForReceiptAsync(counter, placement, deadline, cancellationToken));
        }

        // Only a visit changes what a receipt shows; beside any other recording it can be read meanwhile.
        var reading = ReadForReceiptAsync(counter, placement, deadline, cancellationToken);
        await Task.WhenAll(recording, reading);
        return await recording is { } refused ? (refused, null) : (null, await reading);
    }

    /// <summary>Another place for what had no room in one.</summary>
    /// <exception cref="StoreUnavailableException">There is none: the counter is full.</exception>
    private async Task<Placement> PlaceAgainAsync(
        string counter, Placement refused, Deadline deadline, CancellationToken cancellationToken) =>
        refused.IsLast
            ? throw new StoreUnavailableException(
                $"A number of the counter {counter} has reached {Tally.MaxCount}, the largest that is kept.")
            : await tallies.PlaceInLastRoomAsync(counter, deadline, cancellationToken);

    private async Task<Tally> ReadForReceiptAsync(
        string counter, Placement placement, Deadline deadline, CancellationToken cancellationToken)
    {
        var total = await tallies.ReadForReceiptAsync(counter, placement.Shard, deadline, cancellationToken);
        RememberTotal(counter, total);
        return total;
    }

    private void Remember(VisitorClaim claim, Outcome outcome, Tally total)
    {
        if (outcome == Outcome.Visit)
        {
            recentClaims.Remember(claim.Visitor, claim.At);
            RememberTotal(claim.Counter, total);
        }
    }

    // One that can be expected: all in the one item that visits are added to, neither number absent from it, nor near
    // the largest that is kept.
    private void RememberTotal(string counter, Tally total)
    {
        if (tallies.IsWhole(counter) && total is { Visits: > 0, Visitors: > 0 } && ShardedTallies.IsFarFromFull(total))
        {
            optimisticTotals.Remember(counter, total);
        }
        else
        {
            optimisticTotals.Forget(counter);
        }
    }

    /// <summary>What the total is, after it was not as expected: others have counted, or it was deleted.</summary>
    private Tally? FindContended(string counter, Refusal refusal)
    {
        var item = refusal.ItemOf(TransactionPart.Total);
        tallies.Learn(counter, item);
        if (item is null || !tallies.IsWhole(counter) || !ShardedTallies.IsFarFromFull(TableLayout.TallyOf(item)))
        {
            optimisticTotals.Forget(counter);
            return null;
        }

        var total = TableLayout.TallyOf(item);
        optimisticTotals.RememberContended(counter, total);
        return total;
    }

    private static Receipt ReceiptOf(Outcome outcome, Tally total) => new(outcome, total.Visits, total.Visitors);
}
