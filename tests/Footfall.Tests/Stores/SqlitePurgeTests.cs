using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Transfer;

namespace Footfall.Tests.Stores;

public sealed class SqlitePurgeTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly DateOnly Yesterday = Today.AddDays(-1);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);

    private string Database => directory.File("visits.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Past_its_time_a_salt_and_its_claims_are_deleted_without_any_traffic()
    {
        await using var store = await FillAsync();
        AssertFound(Yesterday, isFound: true);

        Run(until: Retention.Expiry(Yesterday));
        await UntilPurgedAsync(store);

        AssertFound(Yesterday, isFound: false);
        AssertFound(Today, isFound: true);
        AssertRows(salts: 1, claims: 300);
    }

    [Fact]
    public async Task Until_its_time_everything_is_kept()
    {
        await using var store = await FillAsync();

        Run(until: Retention.Expiry(Yesterday).AddMilliseconds(-1));
        await UntilPurgedAsync(store);

        AssertRows(salts: 2, claims: 600);
    }

    [Fact]
    public async Task What_passed_its_time_while_nothing_ran_is_deleted_when_the_store_has_been_open_for_two_minutes()
    {
        await (await FillAsync()).DisposeAsync();
        clock.Set(Retention.Expiry(Today));

        await using var store = SqliteVisitStore.Open(Database, clock);
        Run(until: clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await UntilPurgedAsync(store);

        AssertFound(Yesterday, isFound: false);
        AssertFound(Today, isFound: false);
        AssertRows(salts: 0, claims: 0);
    }

    [Fact]
    public async Task What_a_crash_left_in_the_write_ahead_log_is_deleted_too()
    {
        await using var crashed = await FillAsync();
        foreach (var file in Directory.GetFiles(directory.FullName))
        {
            File.Copy(file, $"{file.Replace("visits.db", "copy.db", StringComparison.Ordinal)}");
        }

        clock.Set(Retention.Expiry(Today));
        await using var store = SqliteVisitStore.Open(directory.File("copy.db"), clock);
        Run(until: clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await UntilPurgedAsync(store);

        AssertFound(Today, isFound: false, "copy.db*");
    }

    [Fact]
    public async Task The_counts_stay()
    {
        await using var store = await FillAsync();
        var total = await store.ReadTotalAsync("/", Cancellation);
        var days = (await store.ReadDailyAsync("/", Yesterday, Today, Cancellation)).Days;

        clock.Set(Retention.Expiry(Today).AddYears(1));
        Run(until: clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await UntilPurgedAsync(store);

        Assert.Equal(total, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal(days, (await store.ReadDailyAsync("/", Yesterday, Today, Cancellation)).Days);
    }

    [Fact]
    public async Task A_purge_that_a_lock_prevented_is_done_at_the_next_look()
    {
        await using var store = await FillAsync();
        using (var other = new OtherProgram(Database))
        {
            other.Run("BEGIN IMMEDIATE");
            Run(until: Retention.Expiry(Yesterday));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => WriteAsync(store));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => WriteAsync(store));
            other.Run("ROLLBACK");
        }

        AssertRows(salts: 2, claims: 600);
        Run(until: Retention.Expiry(Yesterday).AddMinutes(1));
        await UntilPurgedAsync(store);

        AssertFound(Yesterday, isFound: false);
    }

    [Fact]
    public async Task After_a_purge_a_process_that_was_there_before_sees_what_a_new_one_counts()
    {
        await using var old = await FillAsync();
        var later = Retention.Expiry(Today);
        Run(until: later);
        await UntilPurgedAsync(old);
        AssertRows(salts: 0, claims: 0);

        await using var young = SqliteVisitStore.Open(Database, clock);
        await young.ClaimAsync(Visitors.Claim("Ada", later), Cancellation);

        Assert.Equal(Outcome.Repeat, (await old.ClaimAsync(Visitors.Claim("Ada", later), Cancellation)).Outcome);
    }

    /// <summary>If a request waited for the reader, it would wait for an hour.</summary>
    [Fact(Timeout = 600_000)]
    public async Task A_program_that_reads_the_database_holds_nobody_up()
    {
        var options = new SqliteStoreOptions { BusyTimeout = TimeSpan.FromHours(1) };
        await using var store = SqliteVisitStore.Open(Database, clock, options);
        await store.GetOrAddSaltAsync(Yesterday, Visitors.SaltOf(Yesterday), Cancellation);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon.AddDays(-1)), Cancellation);
        using (var reader = new OtherProgram(Database))
        {
            reader.Run("BEGIN");
            _ = reader.Query("SELECT count(*) FROM totals");
            Run(until: Retention.Expiry(Yesterday));
            await UntilPurgedAsync(store);
            AssertRows(salts: 0, claims: 0);
            Run(until: Retention.Expiry(Yesterday).AddMinutes(3));
            Assert.Equal(Outcome.Visit, (await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation)).Outcome);
        }

        Assert.NotEqual(0, new FileInfo($"{Database}-wal").Length);
        Run(until: Retention.Expiry(Yesterday).AddMinutes(4));
        await UntilPurgedAsync(store);
        AssertFound(Yesterday, isFound: false);
    }

    [Fact]
    public async Task Many_rows_are_deleted_bit_by_bit_between_the_requests()
    {
        await using var store = SqliteVisitStore.Open(Database, clock);
        using (var other = new OtherProgram(Database))
        {
            other.Run("""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
                INSERT INTO claims (day, entries) SELECT '2026-11-21', CAST(x'00' || randomblob(16) || zeroblob(7) || x'01' AS BLOB) FROM n
                """);
        }

        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        Run(until: Retention.Expiry(Yesterday));
        await UntilPurgedAsync(store);

        using var reading = new OtherProgram(Database);
        Assert.Equal(1L, reading.Count("claims"));
        Assert.Equal(Outcome.Repeat, (await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
    }

    // Two days of claims, in groups that hold both.
    private async Task<SqliteVisitStore> FillAsync()
    {
        var store = SqliteVisitStore.Open(Database, clock);
        foreach (var day in (DateOnly[])[Yesterday, Today])
        {
            await store.GetOrAddSaltAsync(day, Visitors.SaltOf(day), Cancellation);
        }

        // Groups of at most a page, so that no claim lies across two.
        foreach (var numbers in Enumerable.Range(0, 300).Chunk(50))
        {
            await Task.WhenAll(numbers.SelectMany(number => (Task[])
            [
                store.ClaimAsync(Visitors.Claim($"visitor {number}", Noon.AddDays(-1)), Cancellation),
                store.ClaimAsync(Visitors.Claim($"visitor {number}", Noon), Cancellation),
            ]));
        }

        return store;
    }

    /// <summary>Lets the clock run evenly, so that the store looks at it each minute.</summary>
    private void Run(DateTimeOffset until)
    {
        for (var moment = clock.GetUtcNow().AddMinutes(1); moment < until; moment = moment.AddMinutes(1))
        {
            clock.Set(moment);
        }

        clock.Set(until);
    }

    // A purge is done bit by bit after the requests that waited with it: a thousand rows behind each of these.
    private static async Task UntilPurgedAsync(SqliteVisitStore store)
    {
        for (var write = 0; write < 4; write++)
        {
            await WriteAsync(store);
        }
    }

    // A write that changes nothing of what the tests look at.
    private static Task WriteAsync(SqliteVisitStore store) =>
        store.BeginImportAsync(new LedgerOrigin("elsewhere", []), Cancellation);

    private void AssertRows(long salts, long claims)
    {
        using var other = new OtherProgram(Database);
        Assert.Equal((salts, claims), (other.Count("salts"), other.CountClaims()));
    }

    /// <summary>Looks for the day's salt, and for each of its claims, in every byte of the files.</summary>
    private void AssertFound(DateOnly day, bool isFound, string files = "visits.db*")
    {
        var bytes = Directory.GetFiles(directory.FullName, files).SelectMany(ReadAll).ToArray();
        var traces = Enumerable.Range(0, 300)
            .Select(number => Visitors.Claim($"visitor {number}", Noon.AddDays(day.DayNumber - Today.DayNumber)))
            .SelectMany(claim => (Pseudonym[])[claim.Visitor, claim.Address])
            .Select(pseudonym =>
            {
                var trace = new byte[Pseudonym.Size];
                pseudonym.WriteBytes(trace);
                return trace;
            })
            .Append(Visitors.SaltOf(day).Bytes.ToArray())
            .ToList();
        Assert.Equal(isFound ? traces.Count : 0, traces.Count(trace => bytes.AsSpan().IndexOf(trace) >= 0));
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
