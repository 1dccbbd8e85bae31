using System.Net;
using System.Security.Cryptography;
using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Api;

namespace Footfall.Tests.Stores;

/// <summary>A machine's clock that is days ahead, and is put right.</summary>
public sealed class SqliteClockTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 22);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);
    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();
    private SqliteVisitStore? store;

    private string Database => directory.File("visits.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await (store?.DisposeAsync() ?? ValueTask.CompletedTask);
        random.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task While_it_is_put_right_within_a_minute_nothing_of_the_real_day_is_lost()
    {
        var counter = Open();
        Assert.Equal(Outcome.Visit, await CountAsync(counter));
        Run(TimeSpan.FromMinutes(5));

        clock.Leap(Noon.AddDays(3));
        Run(TimeSpan.FromMinutes(1));
        await UntilPurgedAsync();
        clock.Leap(Noon.AddMinutes(7));
        Run(TimeSpan.FromMinutes(5));
        await UntilPurgedAsync();

        Assert.Equal(Outcome.Repeat, await CountAsync(counter));
        Assert.Equal(["2026-11-22"], DaysOf("salts"));
    }

    [Fact]
    public async Task A_start_with_the_wrong_time_deletes_nothing_of_the_real_day_if_it_is_soon_put_right()
    {
        Assert.Equal(Outcome.Visit, await CountAsync(Open()));
        await store!.DisposeAsync();

        clock.Leap(Noon.AddDays(3));
        var counter = Open();
        Run(TimeSpan.FromMinutes(1));
        await UntilPurgedAsync();
        clock.Leap(Noon.AddMinutes(3));

        Assert.Equal(Outcome.Repeat, await CountAsync(counter));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(400)]
    public async Task What_was_made_while_it_was_days_ahead_goes_and_the_real_days_go_in_time_without_a_restart(int days)
    {
        clock.Leap(Noon.AddDays(days));
        var counter = Open();
        Run(TimeSpan.FromMinutes(5));
        Assert.Equal(Outcome.Visit, await CountAsync(counter));

        clock.Leap(Noon);
        Assert.Equal(Outcome.Visit, await CountAsync(counter));
        Run(TimeSpan.FromMinutes(5));
        await UntilPurgedAsync();
        Assert.Equal(["2026-11-22"], DaysOf("salts"));
        Assert.Equal(["2026-11-22"], DaysOf("claims"));
        Assert.Equal(Outcome.Repeat, await CountAsync(counter));

        Run(Retention.Expiry(Today) - clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await UntilPurgedAsync();
        Assert.Equal(["2026-11-22"], DaysOf("salts"));
        Run(TimeSpan.FromMinutes(1));
        await UntilPurgedAsync();
        Assert.Empty(DaysOf("salts"));
        Assert.Empty(DaysOf("claims"));
    }

    [Fact]
    public async Task A_request_under_a_salt_that_the_clock_has_left_behind_is_refused_and_the_clock_named()
    {
        _ = await CountAsync(Open());
        clock.Leap(Noon.AddDays(2));

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store!.GetOrAddSaltAsync(Today, Visitors.SaltOf(Today), Cancellation));

        Assert.Contains("2026-11-24 12:00", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["2026-11-22"], DaysOf("salts"));
    }

    private VisitCounter Open()
    {
        store = SqliteVisitStore.Open(Database, clock);
        return new VisitCounter(store, new VisitRules(), clock, random);
    }

    private static async Task<Outcome> CountAsync(VisitCounter counter) => (await counter.CountAsync(
        new Arrival("/", IPAddress.Parse("192.0.2.1"), Browsers.Firefox, VisitSignals.None), Cancellation)).Outcome;

    private void Run(TimeSpan time)
    {
        var until = clock.GetUtcNow() + time;
        while (clock.GetUtcNow() < until)
        {
            clock.Set(clock.GetUtcNow().AddMinutes(1));
        }
    }

    // A purge is done behind the requests that waited with it.
    private async Task UntilPurgedAsync()
    {
        for (var request = 0; request < 3; request++)
        {
            await store!.AddAsync("readme", Today, Outcome.Bot, Cancellation);
        }
    }

    private string[] DaysOf(string table)
    {
        using var other = new OtherProgram(Database);
        return [.. ((string)other.Query($"SELECT coalesce(group_concat(DISTINCT day), '') FROM {table}")!)
            .Split(',', StringSplitOptions.RemoveEmptyEntries)];
    }
}
