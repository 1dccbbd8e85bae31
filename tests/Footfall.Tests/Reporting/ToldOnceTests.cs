using Footfall.Reporting;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Reporting;

/// <summary>A report is sent once, and one whose end nobody saw a second time with a word of it.</summary>
public sealed class ToldOnceTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 0, 2, 0, TimeSpan.Zero);

    private readonly MemoryVisitStore marks = new();
    private readonly ManualClock clock = new(Start);
    private readonly List<bool> told = [];

    [Fact]
    public async Task What_was_taken_is_not_told_again()
    {
        await TellAsync("one", Delivery.Taken);
        await TellAsync("one", Delivery.Taken);
        await TellAsync("two", Delivery.Taken);

        Assert.Equal([false, false], told);
    }

    [Fact]
    public async Task After_a_crash_it_is_told_again_as_what_may_be_a_repetition_and_never_after_that()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => TellAsync("one", _ => throw new InvalidOperationException("crash")));

        await TellAsync("one", Delivery.Taken);
        await TellAsync("one", Delivery.Taken);

        Assert.Equal([false, true], told);
    }

    [Fact]
    public async Task What_was_refused_has_not_arrived_and_is_no_repetition()
    {
        await TellAsync("one", Delivery.Refused);
        await TellAsync("one", Delivery.Unknown);
        await TellAsync("one", Delivery.Taken);

        Assert.Equal([false, false, true], told);
    }

    [Fact]
    public async Task The_mark_is_there_before_it_is_told()
    {
        string? mark = null;

        await TellAsync("one", async _ =>
        {
            mark = await FindMarkAsync();
            return Delivery.Taken;
        });

        Assert.Equal("sending one until 2026-11-26T00:02:45.0000000+00:00", mark);
        Assert.Equal("sent one", await FindMarkAsync());
    }

    [Fact]
    public async Task While_one_tells_it_nobody_else_tells_anything_of_the_kind_however_long_it_takes()
    {
        var (telling, end) = BeginToTell();
        for (var i = 0; i < 12; i++)
        {
            var mark = await FindMarkAsync();
            clock.Set(clock.GetUtcNow().AddSeconds(15));
            await WaitForAnotherMarkThanAsync(mark);
            Assert.False(await TellAsync("one", Delivery.Taken));
            Assert.False(await TellAsync("two", Delivery.Taken));
        }

        end.SetResult(Delivery.Taken);
        Assert.True(await telling);
        Assert.True(await TellAsync("one", Delivery.Taken));
        Assert.True(await TellAsync("two", Delivery.Taken));
        Assert.Equal([false, false], told);
    }

    [Fact]
    public async Task After_one_who_died_it_is_told_again_when_their_time_is_over()
    {
        _ = BeginToTell(new ManualClock(Start));

        clock.Set(Start.AddSeconds(45).AddTicks(-1));
        Assert.False(await TellAsync("one", Delivery.Taken));
        clock.Set(Start.AddSeconds(45));
        Assert.True(await TellAsync("one", Delivery.Taken));

        Assert.Equal([false, true], told);
    }

    [Fact]
    public async Task Who_was_taken_for_dead_ends_when_they_wake_and_leaves_the_mark()
    {
        var own = new ManualClock(Start);
        var (telling, _) = BeginToTell(own);
        clock.Set(Start.AddHours(1));
        Assert.True(await TellAsync("one", Delivery.Taken));

        own.Set(Start.AddHours(1));

        Assert.False(await telling);
        Assert.Equal("sent one", await FindMarkAsync());
    }

    [Fact]
    public async Task What_a_clock_that_was_far_ahead_holds_is_not_held()
    {
        _ = BeginToTell(new ManualClock(Start.AddDays(1)));

        Assert.True(await TellAsync("one", Delivery.Taken));
    }

    [Fact]
    public async Task Kinds_know_nothing_of_each_other()
    {
        await TellAsync("one", Delivery.Taken);
        await new ToldOnce(marks, clock).TellAsync("report week", "one", (_, _) => Task.FromResult(Delivery.Taken), Stop);

        Assert.Equal("sent one", await FindMarkAsync());
        Assert.Equal("sent one", await marks.FindMarkAsync("report week", Stop));
    }

    private Task<string?> FindMarkAsync() => marks.FindMarkAsync("report day", Stop);

    private async Task WaitForAnotherMarkThanAsync(string? mark)
    {
        while (await FindMarkAsync() == mark)
        {
            await Task.Delay(1, Stop);
        }
    }

    /// <summary>Somebody who is about it until the test says how it ended, or for ever.</summary>
    private (Task<bool> Telling, TaskCompletionSource<Delivery> End) BeginToTell(ManualClock? own = null)
    {
        var end = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (TellAsync("one", stop => end.Task.WaitAsync(stop), own), end);
    }

    private Task<bool> TellAsync(string what, Delivery delivery) => TellAsync(what, _ => Task.FromResult(delivery));

    private Task<bool> TellAsync(string what, Func<CancellationToken, Task<Delivery>> tell, ManualClock? own = null) =>
        new ToldOnce(marks, own ?? clock).TellAsync(
            "report day",
            what,
            (mayBeRepetition, stop) =>
            {
                told.Add(mayBeRepetition);
                return tell(stop);
            },
            Stop);
}
