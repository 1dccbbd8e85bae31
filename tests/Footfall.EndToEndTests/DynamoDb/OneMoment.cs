using System.Globalization;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Days and total that are read while others count and import always add up.</summary>
public sealed class OneMoment(DynamoDbLocal local)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Days_add_up_to_the_total_under_load(int shards)
    {
        const int Reports = 20;
        var cancellation = TestContext.Current.CancellationToken;
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(cancellation),
            Shards = shards,
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        var client = await local.ConnectAsync();
        var stores = Enumerable.Range(0, 3)
            .Select(_ => new DynamoDbVisitStore(client, options, new ManualClock(Noon), Random.Shared))
            .ToList();
        using var enough = new CancellationTokenSource();
        var number = 0;

        var load = Task.WhenAll(
            UntilEnoughAsync(visitor => stores[0].ClaimAsync(Visitors.Claim(visitor, Noon), cancellation)),
            UntilEnoughAsync(visitor => stores[1].ClaimAsync(Visitors.Claim(visitor, Noon.AddDays(-1)), cancellation)),
            UntilEnoughAsync(source => stores[1].AddImportedAsync(
                source, new("/", Day.AddDays(-100), new Tally(Visits: 5, Visitors: 5)), cancellation)));
        var reports = new List<DailyTallies>();
        while (reports.Count < Reports)
        {
            reports.Add(await stores[2].ReadDailyAsync("/", DateOnly.MinValue, DateOnly.MaxValue, cancellation));
        }

        await enough.CancelAsync();
        await load;

        Assert.All(reports, report =>
            Assert.Equal(report.Total, report.Days.Aggregate(default(Tally), (sum, day) => sum + day.Tally)));
        Assert.True(reports[0].Total.Visits < reports[^1].Total.Visits, "Nothing was counted meanwhile.");

        async Task UntilEnoughAsync(Func<string, Task> act)
        {
            while (!enough.IsCancellationRequested)
            {
                await act(Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
