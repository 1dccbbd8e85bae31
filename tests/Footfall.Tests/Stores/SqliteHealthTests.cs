using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

/// <summary>What a check notices, and what it costs.</summary>
public sealed class SqliteHealthTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);
    private readonly SqliteVisitStore store;

    public SqliteHealthTests() => store = SqliteVisitStore.Open(Database, clock);

    private string Database => directory.File("visits.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task However_often_it_is_asked_it_writes_once_a_second()
    {
        await store.CheckAsync(Cancellation);
        var written = LogLength();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => store.CheckAsync(Cancellation)));
        clock.Set(Noon.AddMilliseconds(999));
        await store.CheckAsync(Cancellation);
        Assert.Equal(written, LogLength());

        clock.Set(Noon.AddMilliseconds(1000));
        await store.CheckAsync(Cancellation);
        Assert.True(LogLength() > written);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_ask_within_the_second()
    {
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        other.Run("ROLLBACK");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        clock.Set(Noon.AddSeconds(1));
        await store.CheckAsync(Cancellation);
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_stop_the_check_of_the_others()
    {
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");
        using var impatient = new CancellationTokenSource();
        var first = store.CheckAsync(impatient.Token);
        var second = store.CheckAsync(Cancellation);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        other.Run("ROLLBACK");

        // Unless the lock was held for longer than a request waits.
        Assert.True(await Task.WhenAny(second) == second);
    }

    [Fact]
    public async Task A_newer_program_s_schema_is_noticed_and_left_as_it_is()
    {
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        using var newer = new OtherProgram(Database);
        newer.Run($"PRAGMA user_version = {Schema.Version + 1}");

        var unhealthy = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));

        Assert.Contains($"has schema version {Schema.Version + 1} now", unhealthy.Message, StringComparison.Ordinal);
        Assert.Equal(unhealthy.Message, refused.Message);
        Assert.Equal(Schema.Version + 1L, newer.Query("PRAGMA user_version"));
        Assert.Equal(1L, newer.Query("SELECT visits FROM totals"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_was_deleted_or_replaced_is_noticed_until_it_is_put_back(bool isReplaced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not move a file that is open.");
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        File.Move(Database, directory.File("elsewhere.db"));
        if (isReplaced)
        {
            await File.WriteAllTextAsync(Database, "", Cancellation);
        }

        var unhealthy = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Contains("was deleted or replaced", unhealthy.Message, StringComparison.Ordinal);

        File.Move(directory.File("elsewhere.db"), Database, overwrite: true);
        clock.Set(Noon.AddSeconds(1));
        await store.CheckAsync(Cancellation);
        Assert.Equal(
            new Receipt(Outcome.Visit, 2, 2), await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
    }

    [Fact]
    public void What_is_answered_has_left_the_disk_s_cache_too_where_the_system_can_say_so()
    {
        using var connection = SqliteVisitStore.OpenForWriting(Database, TimeSpan.FromSeconds(1));

        Assert.Equal(2, connection.QueryInteger("PRAGMA synchronous"));
        Assert.Equal(1, connection.QueryInteger("PRAGMA fullfsync"));
        Assert.Equal(1, connection.QueryInteger("PRAGMA checkpoint_fullfsync"));
    }

    private long LogLength() => new FileInfo($"{Database}-wal").Length;
}
