using System.Collections.Concurrent;
using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>Whatever comes at once, and on whichever instance.</content>
public abstract partial class VisitStoreConformance
{
    [Fact]
    public async Task A_thousand_concurrent_visitors_of_whom_a_third_is_retried_are_exactly_a_thousand_visits()
    {
        const int Visits = 1_000;
        var other = await OpenAnotherAsync();
        var random = new Random(20261122);
        var sent = Enumerable.Range(0, Visits)
            .SelectMany(visitor => Enumerable.Repeat(visitor, random.Next(3) == 0 ? 2 : 1))
            .OrderBy(_ => random.Next())
            .ToList();

        var (receipts, attempts) = await RecordConcurrentlyAsync(sent, (visitor, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim($"visitor {visitor}", Noon), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(Visits, total.Visits);
        Assert.Equal(Visits, total.Visitors);
        Assert.Equal(total.Visits + total.Repeats, total.Requests);
        Assert.InRange(total.Requests, receipts.Count, attempts);
        Assert.Equal([Visitors.Direct(Day, total)], await AllDaysAsync());
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
        Assert.All(receipts, receipt => Assert.InRange(receipt.Visits, 1, Visits));
    }

    [Fact]
    public async Task The_same_visitor_many_times_at_once_is_one_visit()
    {
        var other = await OpenAnotherAsync();

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 50)], (_, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(new Tally(Visits: 1, Visitors: 1, Repeats: total.Repeats), total);
        Assert.InRange(total.Requests, receipts.Count, attempts);
        Assert.All(receipts, receipt => Assert.Equal((1, 1), (receipt.Visits, receipt.Visitors)));
    }

    [Fact]
    public async Task A_returning_visitor_many_times_at_once_is_one_visit_more()
    {
        var other = await OpenAnotherAsync();
        var first = await ClaimAsync("Ada", Noon);

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 50)], (_, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(Visitors.Claim("Ada", Noon + Window), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(new Tally(Visits: 2, Visitors: 1, Repeats: total.Repeats), total);
        AssertOutcomesAgree([first, .. receipts], total, unanswered: attempts - receipts.Count);
    }

    [Fact]
    public async Task Many_new_visitors_of_one_address_at_once_do_not_exceed_its_limit()
    {
        var other = await OpenAnotherAsync();

        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 60)], (visitor, number) =>
            (number % 2 == 0 ? Store : other).ClaimAsync(
                Visitors.Claim($"visitor {visitor}", Noon, address: "office"), Cancellation));

        var total = await TotalAsync();
        Assert.Equal(VisitRules.DefaultAddressLimit, total.Visits);
        Assert.Equal(VisitRules.DefaultAddressLimit, total.Visitors);
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
    }

    [Fact]
    public async Task All_outcomes_at_once_add_up_per_day_and_for_all_time()
    {
        Outcome[] headerDecided = [Outcome.Bot, Outcome.Prefetch, Outcome.OptedOut];
        var (receipts, attempts) = await RecordConcurrentlyAsync([.. Enumerable.Range(0, 300)], (item, number) =>
            item % 2 == 0
                ? Store.ClaimAsync(
                    Visitors.Claim($"visitor {item % 40}", Noon.AddDays(item % 3), address: "office"), Cancellation)
                : Store.AddAsync("/", Day.AddDays(item % 4), headerDecided[number % 3], Cancellation));

        var total = await TotalAsync();
        var days = await AllDaysAsync();
        Assert.Equal(total, days.Aggregate(default(Tally), (sum, day) => sum + day.Tally));
        Assert.InRange(total.Requests, receipts.Count, attempts);
        AssertOutcomesAgree(receipts, total, unanswered: attempts - receipts.Count);
    }

    /// <summary>
    /// Records every item, each one again until it is acknowledged, as a patient client would.
    /// </summary>
    /// <returns>One receipt an item, and how often the store was asked.</returns>
    private async Task<(IReadOnlyCollection<Receipt> Receipts, int Attempts)> RecordConcurrentlyAsync(
        IReadOnlyList<int> items, Func<int, int, Task<Receipt>> record)
    {
        var attempts = 0;
        var receipts = new ConcurrentBag<Receipt>();
        using var places = new SemaphoreSlim(Concurrency);
        await Task.WhenAll(items.Select(async (item, number) =>
        {
            await places.WaitAsync(Cancellation);
            try
            {
                receipts.Add(await Retrying(() =>
                {
                    Interlocked.Increment(ref attempts);
                    return Task.Run(() => record(item, number), Cancellation);
                }));
            }
            finally
            {
                places.Release();
            }
        }));
        return (receipts, attempts);
    }

    // A request that failed may have been recorded without its answer: then the ledger has it and no receipt does.
    private static void AssertOutcomesAgree(IReadOnlyCollection<Receipt> receipts, Tally total, int unanswered) =>
        Assert.All(OutcomeNames.All, outcome =>
        {
            var answered = receipts.Count(receipt => receipt.Outcome == outcome);
            Assert.InRange(total[outcome], answered, answered + unanswered);
        });
}
