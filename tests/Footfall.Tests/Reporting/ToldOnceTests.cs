using Footfall.Reporting;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Reporting;

/// <summary>A report is sent once, and one whose end nobody saw a second time with a word of it.</summary>
public sealed class ToldOnceTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly MemoryVisitStore marks = new();
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
        await Assert.ThrowsAsync<InvalidOperationException>(() => TellAsync("one", () => throw new InvalidOperationException("crash")));

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
        await TellAsync("one", () => throw new InvalidOperationException("crash")).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal("sending one", await marks.FindMarkAsync("report day", Stop));
    }

    [Fact]
    public async Task Kinds_know_nothing_of_each_other()
    {
        await TellAsync("one", Delivery.Taken);
        await new ToldOnce(marks).TellAsync("report week", "one", Note(() => Delivery.Taken), Stop);

        Assert.Equal([false, false], told);
    }

    private Task TellAsync(string what, Delivery delivery) => TellAsync(what, () => delivery);

    private Task TellAsync(string what, Func<Delivery> end) =>
        new ToldOnce(marks).TellAsync("report day", what, Note(end), Stop);

    private Func<bool, Task<Delivery>> Note(Func<Delivery> end) => mayBeRepetition =>
    {
        told.Add(mayBeRepetition);
        return Task.FromResult(end());
    };
}
