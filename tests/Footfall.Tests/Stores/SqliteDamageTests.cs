using System.Collections.Concurrent;
using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

/// <summary>One row is not what it should be: that is said, and the rest goes on.</summary>
public sealed class SqliteDamageTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);
    private readonly ConcurrentQueue<string> warnings = [];
    private SqliteVisitStore store;

    public SqliteDamageTests() => store = Open();

    private string Database => directory.File("visits.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }

    public static TheoryData<string, string> DamagedClaims => new()
    {
        { "UPDATE claims SET entries = x'00'", "kind 0" },
        { "UPDATE claims SET entries = CAST(x'7f' || entries AS BLOB)", "kind 127" },
        { "UPDATE claims SET entries = CAST(substr(entries, 1, length(entries) - 1) AS BLOB)", "kind 2" },
        { "UPDATE claims SET entries = CAST(entries || x'01' AS BLOB)", "kind 1" },
        { "UPDATE claims SET day = '2026-13-' || char(10) || 'x'", "'2026-13-?x'" },
    };

    [Theory]
    [MemberData(nameof(DamagedClaims))]
    public async Task A_row_of_claims_is_left_out_and_named(string damage, string found)
    {
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        await DamageAsync(damage);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Equal(Outcome.Repeat, (await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation)).Outcome);

        var warning = Assert.Single(warnings);
        Assert.Contains("Row 1 of the table claims is damaged", warning, StringComparison.Ordinal);
        Assert.Contains(found, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_salt_is_refused_by_its_day_and_other_days_and_outcomes_go_on()
    {
        await store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);
        await DamageAsync("UPDATE salts SET value = x'0102'");

        foreach (var ask in (Func<Task>[])
        [
            () => store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation),
            () => store.FindSaltAsync(Day, Cancellation),
        ])
        {
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(ask);
            Assert.Contains("salt of 2026-11-22 has 2 of 32 bytes", refusal.Message, StringComparison.Ordinal);
        }

        await store.GetOrAddSaltAsync(Day.AddDays(1), Visitors.SaltOf(Day), Cancellation);
        await store.AddAsync("/", Day, Outcome.Bot, Cancellation);
    }

    [Theory]
    [InlineData("UPDATE totals SET repeats = -1 WHERE counter = '/'", "-1")]
    [InlineData("UPDATE totals SET visits = 9223372036854775807 WHERE counter = '/'", "9223372036854775807")]
    public async Task A_total_is_refused_and_other_counters_go_on(string damage, string found)
    {
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        await DamageAsync(damage);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadTotalAsync("/", Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);

        Assert.Equal(
            new Receipt(Outcome.Visit, 1, 1),
            await store.ClaimAsync(Visitors.Claim("Grace", Noon, "readme"), Cancellation));
    }

    [Fact]
    public async Task A_day_is_refused_where_it_is_read_and_counting_goes_on()
    {
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        await DamageAsync("INSERT INTO days VALUES ('/', '2026-11-22?', 1, 0, 0, 0, 0, 0, 1)");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ReadDailyAsync("/", Day, Day.AddDays(1), Cancellation));
        Assert.Contains("'2026-11-22?' where a day is expected", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Empty((await store.ReadDailyAsync("/", Day.AddDays(1), Day.AddDays(1), Cancellation)).Days);
    }

    [Fact]
    public async Task A_database_without_its_name_counts_and_says_so_when_it_is_moved()
    {
        await DamageAsync("DELETE FROM ledger");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.IdentifyAsync(Cancellation));
        Assert.Contains("the table ledger", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Visit, (await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
    }

    private SqliteVisitStore Open() =>
        SqliteVisitStore.Open(Database, clock, new SqliteStoreOptions { Warn = warnings.Enqueue });

    private async Task DamageAsync(string sql)
    {
        await store.DisposeAsync();
        using (var other = new OtherProgram(Database))
        {
            other.Run(sql);
        }

        store = Open();
    }
}
