using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Sqlite;
using Footfall.Tests.Stores;
using Footfall.Tests.Transfer;
using Footfall.Transfer;

namespace Footfall.EndToEndTests.DynamoDb;

public sealed class DynamoDbLedgerConformance(DynamoDbLocal local) : LedgerConformance
{
    protected override async Task<IVisitStore> CreateAsync()
    {
        var options = new DynamoDbStoreOptions
        {
            TableName = await local.CreateTableAsync(Cancellation),
            Shards = 4,
            TimeBudget = TimeSpan.FromSeconds(30),
        };
        return new DynamoDbVisitStore(await local.ConnectAsync(), options, new ManualClock(Noon), Random.Shared);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_sqlite_to_dynamodb_and_back_nothing_is_lost_or_added(bool csv)
    {
        using var directory = new TemporaryDirectory();
        await using var first = SqliteVisitStore.Open(directory.File("first.db"), new ManualClock(Noon));
        await using var last = SqliteVisitStore.Open(directory.File("last.db"), new ManualClock(Noon));
        var between = await CreateAsync();
        await CountAllKindsAsync(first);
        await ImportAsync(first, File("before", [new("/", null, new Tally(Visits: 1_234))]));

        var exported = await ThroughFileAsync(await ExportAsync(first), csv);
        await ImportAsync(between, exported);
        var again = await ThroughFileAsync(await ExportAsync(between), csv);
        await ImportAsync(last, again);

        Assert.Equal(exported.Entries, again.Entries);
        Assert.Equal(exported.Entries, (await ExportAsync(last)).Entries);
        foreach (var counter in new[] { "/", "readme" })
        {
            var total = await first.ReadTotalAsync(counter, Cancellation);
            Assert.Equal(total, await between.ReadTotalAsync(counter, Cancellation));
            Assert.Equal(total, await last.ReadTotalAsync(counter, Cancellation));
            var days = (await first.ReadDailyAsync(counter, DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days;
            Assert.Equal(days, (await between.ReadDailyAsync(counter, DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days);
            Assert.Equal(days, (await last.ReadDailyAsync(counter, DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days);
        }
    }

    private static async Task CountAllKindsAsync(SqliteVisitStore store)
    {
        var rules = new VisitRules { AddressLimit = 2 };
        for (var day = 0; day < 3; day++)
        {
            foreach (var outcome in new[] { Outcome.Bot, Outcome.Prefetch, Outcome.OptedOut })
            {
                await store.AddAsync("/", DateOnly.FromDateTime(Noon.AddDays(day).Date), outcome, Cancellation);
            }

            for (var visitor = 0; visitor < 4; visitor++)
            {
                var at = Noon.AddDays(day);
                await store.ClaimAsync(Visitors.Claim($"visitor {visitor}", at, "/", "office", rules), Cancellation);
                await store.ClaimAsync(
                    Visitors.Claim($"visitor {visitor}", at.AddMinutes(1), "/", "office", rules), Cancellation);
            }

            await store.ClaimAsync(Visitors.Claim("reader", Noon.AddDays(day), "readme"), Cancellation);
        }
    }

    private static async Task<LedgerFile> ThroughFileAsync(LedgerFile file, bool csv)
    {
        using var written = new MemoryStream();
        await (csv
            ? CsvFormat.WriteAsync(file, written, Cancellation)
            : JsonLinesFormat.WriteAsync(file, written, Cancellation));
        written.Position = 0;
        return await LedgerFile.ReadAsync(written, "export", Cancellation);
    }
}
