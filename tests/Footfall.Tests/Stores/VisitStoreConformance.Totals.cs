using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>What is read is what was recorded.</content>
public abstract partial class VisitStoreConformance
{
    [Fact]
    public async Task An_unused_counter_reads_as_zeros_without_days()
    {
        Assert.Equal(default, await TotalAsync());
        Assert.Empty(await AllDaysAsync());
    }

    [Fact]
    public async Task Counters_do_not_mix()
    {
        string[] counters = ["/", "/cv/", "readme", "Readme", "readme ", "ñandú", "day#2026-11-22"];
        foreach (var counter in counters)
        {
            Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimAsync("Ada", Noon, counter));
        }

        await Store.AddAsync("readme", Day, Outcome.Bot, Cancellation);

        foreach (var counter in counters)
        {
            var expected = new Tally(Visits: 1, Visitors: 1, Bots: counter is "readme" ? 1 : 0);
            Assert.Equal(expected, await TotalAsync(counter));
            Assert.Equal([Visitors.Direct(Day, expected)], await AllDaysAsync(counter));
        }
    }

    [Fact]
    public async Task Days_are_read_in_order_from_the_first_to_the_last_without_the_empty_ones()
    {
        DateOnly[] days = [new(2026, 11, 30), new(2025, 12, 31), new(2026, 11, 2), new(2026, 12, 1), new(2026, 1, 1)];
        foreach (var day in days)
        {
            await Store.AddAsync("/", day, Outcome.Bot, Cancellation);
        }

        Assert.Equal(
            [new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 30)],
            await DaysReadAsync(new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 30)));
        Assert.Equal(
            [new DateOnly(2026, 11, 2)],
            await DaysReadAsync(new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 2)));
        Assert.Empty(await DaysReadAsync(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 29)));
        Assert.Empty(await DaysReadAsync(new DateOnly(2026, 11, 30), new DateOnly(2026, 1, 1)));
        Assert.Equal(5, (await AllDaysAsync()).Count);
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        await ClaimAsync("Ada", Noon);
        var before = (await TotalAsync(), await AllDaysAsync());

        await Store.CheckAsync(Cancellation);
        await Store.ReadTotalAsync("other", Cancellation);
        await Store.FindSaltAsync(Day, Cancellation);

        Assert.Equal(before.Item1, await TotalAsync());
        Assert.Equal(before.Item2, await AllDaysAsync());
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimAsync("Grace", Noon));
    }

    [Fact]
    public async Task What_one_instance_recorded_another_reads_and_goes_on_from()
    {
        var other = await OpenAnotherAsync();
        await ClaimAsync("Ada", Noon);

        Assert.Equal(
            new Receipt(Outcome.Repeat, 1, 1), await other.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));
        Assert.Equal(
            new Receipt(Outcome.Visit, 2, 2), await other.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));
        Assert.Equal(new Receipt(Outcome.Visit, 3, 3), await ClaimAsync("Linus", Noon));
        Assert.Equal(await TotalAsync(), await other.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task What_was_recorded_is_there_when_the_store_is_opened_again()
    {
        await ClaimAsync("Ada", Noon);
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);
        var before = (await TotalAsync(), await AllDaysAsync());
        await CloseAsync(Store);

        var again = await OpenAnotherAsync();

        Assert.Equal(before.Item1, await again.ReadTotalAsync("/", Cancellation));
        Assert.Equal(before.Item2, (await again.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
        AssertSame(Visitors.SaltOf(Day), await again.FindSaltAsync(Day, Cancellation));
        Assert.Equal(Outcome.Repeat, (await again.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_cancelled_request_says_so()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ClaimAsync(Visitors.Claim("Ada", Noon), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AddAsync("/", Day, Outcome.Bot, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CheckAsync(cancelled));
    }

    [Fact]
    public async Task Days_and_total_read_while_requests_are_counted_add_up()
    {
        var other = await OpenAnotherAsync();
        var counting = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var request = 0; request < 50; request++)
                {
                    await Retrying(() => Store.AddAsync("/", Day, Outcome.Bot, Cancellation));
                }
            },
            Cancellation)));
        var readings = 0;
        while (!counting.IsCompleted)
        {
            var read = await Retrying(() => other.ReadDailyAsync("/", Day.AddDays(-1), Day, Cancellation));
            Assert.Equal(read.Total, read.Days.Aggregate(default(Tally), (sum, day) => sum + day.Tally));
            readings++;
        }

        await counting;
        Assert.True(readings > 0);
        Assert.True((await TotalAsync()).Bots >= 400);
    }

    private async Task<IEnumerable<DateOnly>> DaysReadAsync(DateOnly from, DateOnly to) =>
        ((await Store.ReadDailyAsync("/", from, to, Cancellation)).Days).Select(day => day.Day);
}
