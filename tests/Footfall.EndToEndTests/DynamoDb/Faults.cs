using System.Collections.Concurrent;
using System.Diagnostics;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Reporting;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>The count stays exact whatever happens between the store and its table.</summary>
public sealed class Faults(DynamoDbLocal local)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly Link Acme = new("k7f3q2xm", "Acme, platform lead", new(2026, 11, 22));

    private static readonly TimeSpan TimeBudget = TimeSpan.FromMilliseconds(4_500);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(2_000);

    /// <summary>Longer than a store tries: what is under way is given up, and its clients ask again.</summary>
    private static readonly TimeSpan Outage = TimeBudget * 1.5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Fault> EveryFault => [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_newcomer_is_one_visit_and_is_told_so(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault));

        var receipt = await proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 1, Visitors: 1));
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_newcomer_behind_another_is_one_visit_and_is_told_so(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault, afterOthers: 1));
        await proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        var receipt = await proxied.Store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 2, Visitors: 2));
    }

    /// <summary>Every fault, to an instance that remembers the visitor and to one that does not.</summary>
    public static MatrixTheoryData<Fault, bool> EveryFaultOfAKnownVisitor => new(Enum.GetValues<Fault>(), [true, false]);

    [Theory]
    [MemberData(nameof(EveryFaultOfAKnownVisitor))]
    public async Task A_returning_visitor_is_one_visit_more(Fault fault, bool remembered)
    {
        await using var proxied = await KnownVisitorAsync(fault, remembered);
        await proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var store = remembered ? proxied.Store : proxied.Another(proxied.Options);

        var receipt = await store.ClaimAsync(Visitors.Claim("Ada", Noon.AddHours(1)), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 1), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 2, Visitors: 1));
    }

    [Theory]
    [MemberData(nameof(EveryFaultOfAKnownVisitor))]
    public async Task A_repeat_is_one_repeat(Fault fault, bool remembered)
    {
        await using var proxied = await KnownVisitorAsync(fault, remembered);
        await proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var store = remembered ? proxied.Store : proxied.Another(proxied.Options);

        var receipt = await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        Assert.Equal(new Receipt(Outcome.Repeat, 1, 1), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 1, Repeats: 1, Visitors: 1));
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_bot_is_one_bot(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault));

        var receipt = await proxied.Store.AddAsync("/", Day, Outcome.Bot, Cancellation);

        Assert.Equal(new Receipt(Outcome.Bot, 0, 0), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Bots: 1));
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_visitor_by_a_link_is_one_visit_of_the_page_and_one_of_the_link(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault, afterOthers: 1));
        var page = proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon, source: Source.Link), Cancellation);
        var link = proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon, Acme.Counter), Cancellation);

        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await page);
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await link);
        await ArriveAsync(fault);
        await AssertOneVisitAsync("/", Source.Link);
        await AssertOneVisitAsync(Acme.Counter, Source.Direct);

        async Task AssertOneVisitAsync(string counter, Source source) => Assert.Equal(
            [new DailyTally(Day, new Tally(Visits: 1, Visitors: 1), SourceCounts.Of(KeyValuePair.Create(source, 1L)))],
            (await proxied.Store.ReadDailyAsync(counter, Day, Day, Cancellation)).Days);
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_link_that_is_added_or_removed_through_a_fault_is_so_once_and_said_to_be(Fault fault)
    {
        foreach (var others in new[] { 0, 1 })
        {
            await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault, afterOthers: others));

            Assert.True(await proxied.Store.AddLinkAsync(Acme, Cancellation));
            Assert.True(await proxied.Store.RemoveLinkAsync(Acme.Key, Cancellation));

            Assert.False(await proxied.Store.HasLinkAsync(Acme.Key, Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_mark_that_is_replaced_through_a_fault_is_so_once_and_said_to_be(Fault fault)
    {
        foreach (var others in new[] { 0, 1 })
        {
            await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault, afterOthers: others));

            Assert.True(await proxied.Store.ReplaceMarkAsync("report day", found: null, "sending", Cancellation));
            Assert.True(await proxied.Store.ReplaceMarkAsync("report day", "sending", "sent", Cancellation));

            await ArriveAsync(fault);
            Assert.Equal("sent", await proxied.Store.FindMarkAsync("report day", Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_key_that_is_admitted_through_a_fault_takes_one_place(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("TransactWriteItems", fault));

        Assert.True(await proxied.Store.AdmitAsync("/blog/*", "/blog/a", 2, Cancellation));
        Assert.True(await proxied.Store.AdmitAsync("/blog/*", "/blog/b", 2, Cancellation));
        Assert.False(await proxied.Store.AdmitAsync("/blog/*", "/blog/c", 2, Cancellation));
    }

    public static TheoryData<Fault> EveryFaultOfARead =>
        [.. Enum.GetValues<Fault>().Where(IsPossibleOutsideOfTransactions)];

    [Theory]
    [MemberData(nameof(EveryFaultOfARead))]
    public async Task A_bot_is_one_bot_whatever_befalls_the_read_beside_it(Fault fault)
    {
        await using var proxied = await ProxyAsync(Once("GetItem", fault));

        var receipt = await proxied.Store.AddAsync("/", Day, Outcome.Bot, Cancellation);

        Assert.Equal(new Receipt(Outcome.Bot, 0, 0), receipt);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Bots: 1));
    }

    public static TheoryData<string, Fault> EveryFaultElsewhere
    {
        get
        {
            var cases = new TheoryData<string, Fault>();
            foreach (var fault in Enum.GetValues<Fault>().Where(IsPossibleOutsideOfTransactions))
            {
                cases.Add("GetItem", fault);
                cases.Add("PutItem", fault);
                cases.Add("TransactGetItems", fault);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(EveryFaultElsewhere))]
    public async Task Salts_and_reads_survive_one_fault(string operation, Fault fault)
    {
        await using var proxied = await ProxyAsync(Once(operation, fault));
        var salt = Visitors.SaltOf("today");

        var added = await proxied.Store.GetOrAddSaltAsync(Day, salt, Cancellation);
        var found = await proxied.Store.FindSaltAsync(Day, Cancellation);
        await proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        Assert.Equal(salt.Bytes, added.Bytes);
        Assert.Equal(salt.Bytes, found!.Bytes);
        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 1, Visitors: 1));
    }

    public static MatrixTheoryData<string, Fault> EveryFaultAmongShards =>
        new(["UpdateItem", "BatchGetItem"], Enum.GetValues<Fault>().Where(IsPossibleOutsideOfTransactions));

    [Theory]
    [MemberData(nameof(EveryFaultAmongShards))]
    public async Task Visits_in_several_shards_survive_one_fault(string operation, Fault fault)
    {
        await using var proxied = await ProxyAsync(Once(operation, fault));
        var store = proxied.Another(proxied.Options with { Shards = 8 });

        foreach (var visitor in new[] { "Ada", "Grace", "Mary" })
        {
            await store.ClaimAsync(Visitors.Claim(visitor, Noon), Cancellation);
        }

        await AssertLedgerAsync(proxied.Store, fault, new Tally(Visits: 3, Visitors: 3));
    }

    [Fact]
    public async Task Receipts_go_on_from_what_was_last_read_while_the_reading_of_shards_is_throttled()
    {
        var isThrottled = false;
        var readings = 0;
        await using var proxied = await ProxyAsync(operation =>
        {
            readings += operation == "BatchGetItem" ? 1 : 0;
            return isThrottled && operation == "BatchGetItem" ? Fault.Throttled : Fault.None;
        });
        var store = proxied.Another(proxied.Options with { Shards = 8 });
        var other = proxied.Another(proxied.Options with { Shards = 8 });
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        isThrottled = true;
        readings = 0;

        var receipts = new List<Receipt>();
        foreach (var visitor in new[] { "Grace", "Mary", "Ruth" })
        {
            receipts.Add(await store.ClaimAsync(Visitors.Claim(visitor, Noon), Cancellation));
        }

        Assert.Equal([2, 3, 4], receipts.Select(receipt => receipt.Visits));
        Assert.Equal(1, readings);

        isThrottled = false;
        await other.ClaimAsync(Visitors.Claim("Joan", Noon), Cancellation);
        Assert.Equal(5, (await store.ReadTotalAsync("/", Cancellation)).Visits);
    }

    public static TheoryData<Fault> FaultsThatStay => [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    [Theory]
    [MemberData(nameof(FaultsThatStay))]
    public async Task A_fault_that_stays_is_unavailability_and_counts_at_most_once(Fault fault)
    {
        await using var proxied = await ProxyAsync(
            operation => operation == "TransactWriteItems" ? fault : Fault.None, TimeSpan.FromMilliseconds(600));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => proxied.Store.AddAsync("/", Day, Outcome.Bot, Cancellation));

        if (fault is Fault.RequestLate or Fault.ReplyLate or Fault.HaltingReply)
        {
            Assert.EndsWith(": no answer in time.", failure.Message, StringComparison.Ordinal);
        }

        await ArriveAsync(fault);
        Assert.InRange((await proxied.Store.ReadTotalAsync("/", Cancellation)).Bots, 0, 1);
    }

    [Theory]
    [InlineData(Fault.CancelledByConflict)]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.ServerError)]
    public async Task What_is_said_of_a_fault_does_not_depend_on_how_often_it_was_met(Fault fault)
    {
        await using var proxied = await ProxyAsync(
            operation => operation == "TransactWriteItems" ? fault : Fault.None, TimeSpan.FromSeconds(1));
        var messages = new List<string>();
        var attempts = new HashSet<int>();
        while (attempts.Count < 2)
        {
            var before = proxied.Proxy.Requests;
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => proxied.Store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));

            // A machine that is busy may answer the last attempt too late, which is another fault.
            if (!failure.Message.EndsWith("no answer in time.", StringComparison.Ordinal))
            {
                messages.Add(failure.Message);
                attempts.Add(proxied.Proxy.Requests - before);
            }
        }

        Assert.Single(messages.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_unavailability_at_once()
    {
        await using var proxied = await ProxyAsync(_ => Fault.None);
        var store = proxied.Another(
            new DynamoDbStoreOptions { TableName = "nowhere", TimeBudget = TimeSpan.FromSeconds(30) });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.AddAsync("/", Day, Outcome.Bot, Cancellation));
        Assert.Equal(3, proxied.Proxy.Requests);
    }

    [Fact]
    public async Task Thousands_of_visits_through_every_fault_are_each_counted_once()
    {
        const int People = 2_000;
        const int Instances = 8;
        const int UnderWay = 48;
        var random = new Random(22);
        var faults = Enum.GetValues<Fault>();
        var seen = 0;
        Stopwatch? outage = null;
        await using var proxied = await ProxyAsync(Choose);
        var stores = Enumerable.Range(0, Instances).Select(_ => proxied.Another(proxied.Options)).ToList();
        var receipts = new ConcurrentBag<(int Person, Receipt Receipt)>();
        var attempts = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, People),
            new ParallelOptions { MaxDegreeOfParallelism = UnderWay, CancellationToken = Cancellation },
            async (person, cancellationToken) =>
            {
                // Every fifth person is a bot; one of seven asks twice.
                var requests = person % 7 == 0 ? 2 : 1;
                for (var request = 0; request < requests; request++)
                {
                    receipts.Add((person, await UntilAcknowledgedAsync(person, cancellationToken)));
                }
            });

        await ArriveAsync(Fault.RequestLate);
        var total = await stores[0].ReadTotalAsync("/", Cancellation);
        var days = (await stores[0].ReadDailyAsync("/", Day, Day, Cancellation)).Days;
        var people = Enumerable.Range(0, People).Count(person => !IsBot(person));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{receipts.Count} acknowledged, {total.Requests} tallied, {attempts} attempts, "
            + $"{proxied.Proxy.Requests} requests through the proxy: {total}");
        Assert.True(attempts > receipts.Count, "Nobody had to ask again.");
        Assert.Equal(people, total.Visits);
        Assert.Equal(people, total.Visitors);
        Assert.InRange(total.Requests, receipts.Count, attempts);
        Assert.Equal([Visitors.Direct(Day, total)], days);
        Assert.All(receipts, receipt => Assert.Equal(IsBot(receipt.Person), receipt.Receipt.Outcome == Outcome.Bot));
        Assert.All(OutcomeNames.All, outcome => Assert.InRange(
            receipts.Count(receipt => receipt.Receipt.Outcome == outcome), 0, total[outcome]));
        Assert.All(
            receipts.Where(receipt => receipt.Receipt.Outcome == Outcome.Visit).CountBy(receipt => receipt.Person),
            visits => Assert.Equal(1, visits.Value));

        // Any fault now and then; and for a while, in the middle of it all, no answer to anybody.
        Fault Choose(string operation)
        {
            lock (random)
            {
                if (++seen == People)
                {
                    outage = Stopwatch.StartNew();
                }

                if (outage?.Elapsed < Outage)
                {
                    return random.Next(2) == 0 ? Fault.RequestLost : Fault.ReplyLost;
                }

                var fault = random.Next(5) == 0 ? faults[random.Next(faults.Length)] : Fault.None;
                return operation == "TransactWriteItems" || IsPossibleOutsideOfTransactions(fault) ? fault : Fault.None;
            }
        }

        async Task<Receipt> UntilAcknowledgedAsync(int person, CancellationToken cancellationToken)
        {
            for (var attempt = 0; ; attempt++)
            {
                Interlocked.Increment(ref attempts);
                var store = stores[(person + attempt) % Instances];
                try
                {
                    return IsBot(person)
                        ? await store.AddAsync("/", Day, Outcome.Bot, cancellationToken)
                        : await store.ClaimAsync(Visitors.Claim($"person {person}", Noon), cancellationToken);
                }
                catch (StoreUnavailableException) when (attempt < 50)
                {
                    // As a browser would: ask again.
                }
            }
        }

        static bool IsBot(int person) => person % 5 == 0;
    }

    private static bool IsPossibleOutsideOfTransactions(Fault fault) =>
        fault is not (Fault.CancelledByConflict or Fault.CancelledByThrottling or Fault.InProgress or Fault.Conflict);

    private static Func<string, Fault> Once(string operation, Fault fault, int afterOthers = 0)
    {
        var seen = 0;
        return called => called == operation && Interlocked.Increment(ref seen) == afterOthers + 1 ? fault : Fault.None;
    }

    /// <summary>
    /// The fault meets the transaction that counts the visitor again: the first behind that of the first visit, or the
    /// second, after one that took the visitor for a newcomer.
    /// </summary>
    private Task<ProxiedStore> KnownVisitorAsync(Fault fault, bool remembered) =>
        ProxyAsync(Once("TransactWriteItems", fault, afterOthers: remembered ? 1 : 2));

    private static async Task AssertLedgerAsync(DynamoDbVisitStore store, Fault fault, Tally expected)
    {
        await ArriveAsync(fault);
        Assert.Equal(expected, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal([Visitors.Direct(Day, expected)], (await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
    }

    /// <summary>Waits until what was late has arrived.</summary>
    private static Task ArriveAsync(Fault fault) =>
        fault is Fault.RequestLate ? Task.Delay(2 * Late, Cancellation) : Task.CompletedTask;

    private async Task<ProxiedStore> ProxyAsync(Func<string, Fault> choose, TimeSpan? timeBudget = null)
    {
        var proxy = new FaultProxy(await local.StartAsync(), choose, Late);
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(Cancellation),
            TimeBudget = timeBudget ?? TimeBudget,
        };
        return new ProxiedStore(proxy, await proxy.StartAsync(), options);
    }
}
