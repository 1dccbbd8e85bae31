using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

/// <summary>What goes wrong while the store is open is refused with its reason, invents nothing, and ends.</summary>
public sealed class SqliteFailureTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);

    private readonly TemporaryDirectory directory = new();

    private string Database => directory.File("visits.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_database_that_another_program_locks_refuses_until_it_is_released()
    {
        var clock = new ManualClock(Noon);
        await using var store = SqliteVisitStore.Open(Database, clock);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");

        Task[] requests =
        [
            store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation),
            store.AddAsync("/", Day, Outcome.Bot, Cancellation),
            store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation),
            store.CheckAsync(Cancellation),
        ];
        foreach (var request in requests)
        {
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => request);
            Assert.Equal($"The database {Database} is locked by another program.", refusal.Message);
        }

        Assert.Equal(new Tally(Visits: 1, Visitors: 1), await store.ReadTotalAsync("/", Cancellation));
        Assert.Null(await store.FindSaltAsync(Day, Cancellation));

        other.Run("ROLLBACK");
        clock.Set(Noon.AddSeconds(1));
        await store.CheckAsync(Cancellation);
        Assert.Equal(
            new Receipt(Outcome.Visit, 2, 2), await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
    }

    [Fact]
    public async Task A_full_disk_refuses_until_there_is_room()
    {
        var connection = OpenWithRoomForPages(24);
        var writer = new GroupCommit(new Writer(connection, new SqliteStoreOptions()), Database);

        var recorded = 0;
        StoreUnavailableException? refusal = null;
        while (refusal is null)
        {
            Assert.InRange(recorded, 0, 10_000);
            try
            {
                var receipt = await RecordAsync(writer, Visitors.Claim($"visitor {recorded}", Noon));
                Assert.Equal(new Receipt(Outcome.Visit, ++recorded, recorded), receipt);
            }
            catch (StoreUnavailableException e)
            {
                refusal = e;
            }
        }

        Assert.Equal(
            $"The database {Database} could not grow: the disk, or the quota on it, is full.", refusal.Message);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => RecordAsync(writer, Visitors.Claim($"visitor {recorded}", Noon)));
        AssertSound(visits: recorded);

        GiveRoom(connection);
        Assert.Equal(
            new Receipt(Outcome.Visit, recorded + 1, recorded + 1),
            await RecordAsync(writer, Visitors.Claim($"visitor {recorded}", Noon)));
        await writer.StopAsync();
        AssertSound(visits: recorded + 1);
    }

    [Fact]
    public async Task A_request_that_fails_does_not_fail_those_that_wait_with_it()
    {
        var writer = new GroupCommit(new Writer(OpenWithRoomForPages(100), new SqliteStoreOptions()), Database);
        var tooLarge = new string('x', 1 << 20);
        Task<Receipt>[] sound;
        Task<Receipt> failing;
        using (var other = new OtherProgram(Database))
        {
            // While the lock is held, requests gather into a group.
            other.Run("BEGIN IMMEDIATE");
            var first = RecordAsync(writer, Visitors.Claim("first", Noon));
            sound = [.. Enumerable.Range(0, 20).Select(n => RecordAsync(writer, Visitors.Claim($"visitor {n}", Noon)))];
            failing = RecordAsync(writer, Visitors.Claim("too large", Noon, counter: tooLarge));
            sound = [first, .. sound, RecordAsync(writer, Visitors.Claim("last", Noon))];
            other.Run("ROLLBACK");
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);
        var receipts = await Task.WhenAll(sound);
        Assert.Equal(Enumerable.Range(1, 22).Select(n => (long)n), receipts.Select(receipt => receipt.Visits).Order());
        await writer.StopAsync();
        AssertSound(visits: 22);
    }

    [Fact]
    public async Task A_request_that_the_program_itself_gets_wrong_does_not_end_the_writer()
    {
        var writer = new GroupCommit(NewWriter(), Database);
        var wrong = new WriteRequest<bool>(
            _ => throw new InvalidOperationException("A mistake."), CancellationToken.None);
        writer.Enqueue(wrong);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => wrong.Task);

        Assert.IsType<InvalidOperationException>(refusal.InnerException);
        Assert.Equal(1, (await RecordAsync(writer, Visitors.Claim("Ada", Noon))).Visits);
        await writer.StopAsync();
        AssertSound(visits: 1);
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_refused_at_once()
    {
        var writer = new GroupCommit(NewWriter(), Database);
        var accepted = new List<Task<Receipt>>();
        using (var other = new OtherProgram(Database))
        {
            other.Run("BEGIN IMMEDIATE");
            var refusal = Assert.Throws<StoreUnavailableException>(() =>
            {
                while (accepted.Count <= 10 * GroupCommit.MaxWaiting)
                {
                    accepted.Add(EnqueueBot(writer));
                }
            });
            Assert.Contains("is too slow", refusal.Message, StringComparison.Ordinal);
            other.Run("ROLLBACK");
        }

        // What was accepted is recorded, unless the lock was held for longer than the store waits.
        await Task.WhenAll(accepted).ContinueWith(_ => { }, TaskScheduler.Default);
        await writer.StopAsync();
        using var reading = new OtherProgram(Database);
        Assert.Equal(
            (long)accepted.Count(request => request.IsCompletedSuccessfully),
            reading.Query("SELECT coalesce(sum(bots), 0) FROM totals"));
    }

    [Fact]
    public async Task A_request_cancelled_while_it_waits_is_not_recorded()
    {
        await using var store = SqliteVisitStore.Open(Database, new ManualClock(Noon));
        using var cancellation = new CancellationTokenSource();
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");
        var first = store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        // Until the first is refused its group is under way, and these wait for the next.
        await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        var cancelled = store.ClaimAsync(Visitors.Claim("Grace", Noon), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        other.Run("ROLLBACK");

        Assert.Equal(default, await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task Closing_answers_what_waits_and_refuses_what_comes_after()
    {
        var store = SqliteVisitStore.Open(Database, new ManualClock(Noon));
        var waiting = Enumerable.Range(0, 500)
            .Select(number => store.ClaimAsync(Visitors.Claim($"visitor {number}", Noon), Cancellation))
            .ToArray();

        await store.DisposeAsync();

        Assert.All(waiting, request => Assert.True(request.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => store.ClaimAsync(Visitors.Claim("late", Noon), Cancellation));
        AssertSound(visits: 500);
    }

    [Fact]
    public async Task Closing_while_locked_ends_with_what_waits_refused()
    {
        var store = SqliteVisitStore.Open(Database, new ManualClock(Noon));
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");
        var waiting = store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        await store.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
    }

    [Fact]
    public async Task Receipts_of_one_group_count_up_one_by_one()
    {
        await using var store = SqliteVisitStore.Open(Database, new ManualClock(Noon));

        var receipts = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => store.ClaimAsync(
            Visitors.Claim($"visitor {number}", Noon, counter: number % 3 == 0 ? "readme" : "/"), Cancellation)));

        Assert.Equal(
            Enumerable.Range(1, 100).Select(number => (long)number),
            receipts.Where((_, number) => number % 3 == 0).Select(receipt => receipt.Visits).Order());
        Assert.Equal(
            Enumerable.Range(1, 200).Select(number => (long)number),
            receipts.Where((_, number) => number % 3 != 0).Select(receipt => receipt.Visits).Order());
    }

    private Writer NewWriter() =>
        new(SqliteVisitStore.OpenForWriting(Database, TimeSpan.FromSeconds(1)), new SqliteStoreOptions());

    private Connection OpenWithRoomForPages(int pages)
    {
        var connection = SqliteVisitStore.OpenForWriting(Database, TimeSpan.FromSeconds(1));
        connection.Execute($"PRAGMA max_page_count = {pages}");
        return connection;
    }

    // The writer's thread is idle: nothing waits.
    private static void GiveRoom(Connection connection) => connection.Execute("PRAGMA max_page_count = 1000000");

    private static Task<Receipt> RecordAsync(GroupCommit writer, VisitorClaim claim)
    {
        var request = new WriteRequest<Receipt>(work => work.Claim(claim).Settle, Cancellation);
        writer.Enqueue(request);
        return request.Task;
    }

    private static Task<Receipt> EnqueueBot(GroupCommit writer)
    {
        var request = new WriteRequest<Receipt>(work => work.Add("/", Day, Outcome.Bot).Settle, Cancellation);
        writer.Enqueue(request);
        return request.Task;
    }

    private void AssertSound(long visits)
    {
        using var other = new OtherProgram(Database);
        Assert.Equal("ok", other.Query("PRAGMA integrity_check"));
        Assert.Equal(visits, other.Query("SELECT sum(visits) FROM totals"));
        Assert.Equal(visits, other.Query("SELECT sum(visits) FROM days"));
        Assert.Equal(visits, other.CountClaims());
    }

    [Fact]
    public async Task Beyond_the_visitors_that_are_remembered_a_day_newcomers_are_limited_and_the_owner_is_told()
    {
        var warnings = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var options = new SqliteStoreOptions { DailyVisitors = 2, Warn = warnings.Enqueue };
        await using var store = SqliteVisitStore.Open(Database, new ManualClock(Noon), options);
        Assert.Equal(Outcome.Visit, await ClaimAsync("Ada", Noon));
        Assert.Equal(Outcome.Visit, await ClaimAsync("Grace", Noon));
        Assert.Empty(warnings);

        Assert.Equal(Outcome.Limited, await ClaimAsync("Linus", Noon));
        Assert.Equal(Outcome.Repeat, await ClaimAsync("Ada", Noon));
        Assert.Equal(Outcome.Visit, await ClaimAsync("Ada", Noon.AddHours(1)));
        Assert.Equal(Outcome.Visit, await ClaimAsync("Linus", Noon.AddDays(1)));

        Assert.Contains("More than 2 visitors in a day", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(
            new Tally(Visits: 4, Repeats: 1, Limited: 1, Visitors: 3), await store.ReadTotalAsync("/", Cancellation));

        async Task<Outcome> ClaimAsync(string visitor, DateTimeOffset at) =>
            (await store.ClaimAsync(Visitors.Claim(visitor, at), Cancellation)).Outcome;
    }
}
