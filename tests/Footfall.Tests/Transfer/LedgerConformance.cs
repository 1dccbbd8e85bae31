using Footfall.Counting;
using Footfall.Tests.Stores;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

/// <summary>What moving and merging promise, for any store: inherit, and say how an empty one is made.</summary>
public abstract partial class LedgerConformance : IAsyncLifetime
{
    /// <summary>When the tests' visitors come.</summary>
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly Tally Monday = new(5, 4, 3, 2, 1, 6, 2);
    private static readonly Tally Tuesday = new(50, 40, 30, 20, 10, 60, 20);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A new store that is empty; it lives until the test has ended.</summary>
    protected abstract Task<IVisitStore> CreateAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_ledger_has_one_name_that_differs_from_every_other_s()
    {
        var first = await CreateLedgerAsync();
        var second = await CreateLedgerAsync();

        var names = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => first.IdentifyAsync(Cancellation)));

        Assert.Single(names.Select(origin => origin.Id).Distinct(StringComparer.Ordinal));
        Assert.NotEqual(names[0].Id, (await second.IdentifyAsync(Cancellation)).Id);
        Assert.Empty(names[0].Merged);
    }

    [Fact]
    public async Task An_export_holds_everything_that_was_counted_and_no_more()
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon.AddDays(1)), Cancellation);
        await store.AddAsync("readme", Day, Outcome.OptedOut, Cancellation);

        var file = await ExportAsync(store);

        Assert.Equal((await LedgerOf(store).IdentifyAsync(Cancellation)).Id, file.Ledger);
        Assert.Empty(file.Merged);
        Assert.Equal(
            [
                new LedgerEntry("/", Day, new Tally(Visits: 1, Repeats: 1, Visitors: 1), Sources(("direct", 1))),
                new LedgerEntry("/", Day.AddDays(1), new Tally(Visits: 1, Visitors: 1), Sources(("direct", 1))),
                new LedgerEntry("readme", Day, new Tally(OptedOuts: 1)),
            ],
            file.Entries);
    }

    [Fact]
    public async Task An_import_adds_to_what_is_there_by_day_and_for_all_time()
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        await ImportAsync(store, File("a", [new("/", Day, Monday), new("/", null, Tuesday), new("cv", Day, Monday)]));

        var today = Monday + new Tally(Visits: 1, Visitors: 1);
        Assert.Equal(today + Tuesday, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal(
            [new DailyTally(Day, today, Sources(("direct", 1)))],
            (await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
        Assert.Equal(Monday, await store.ReadTotalAsync("cv", Cancellation));
        Assert.Equal(
            Outcome.Repeat, (await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
    }

    [Fact]
    public async Task Repeating_an_import_adds_nothing()
    {
        var store = await CreateAsync();
        var file = File("a", [new("/", Day, Monday), new("/", null, Tuesday)]);

        var first = await ImportAsync(store, file);
        var second = await ImportAsync(store, file);

        Assert.Equal(Monday + Tuesday, first);
        Assert.Equal(default, second);
        Assert.Equal(Monday + Tuesday, await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_later_export_of_the_same_ledger_adds_the_difference_and_an_earlier_one_nothing()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday)]));

        Assert.Equal(Tuesday - Monday, await ImportAsync(store, File("a", [new("/", Day, Tuesday)])));
        Assert.Equal(default, await ImportAsync(store, File("a", [new("/", Day, Monday)])));
        Assert.Equal(Tuesday, await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task An_import_that_was_interrupted_is_continued()
    {
        var store = await CreateAsync();
        var ledger = LedgerOf(store);
        var file = File("a", [new("/", Day, Monday), new("/", Day.AddDays(1), Tuesday)]);
        await ledger.BeginImportAsync(file.Origin, Cancellation);
        await ledger.AddImportedAsync("a", file.Entries[0], Cancellation);

        Assert.Equal(Tuesday, await ImportAsync(store, file));
        Assert.Equal(Monday + Tuesday, await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task The_same_import_many_times_at_once_adds_once()
    {
        var store = await CreateAsync();
        var file = File("a", [new("/", Day, Monday), new("/", null, Tuesday)]);

        var added = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ImportAsync(store, file)));

        Assert.Equal(Monday + Tuesday, added.Aggregate(Tally.Add));
        Assert.Equal(Monday + Tuesday, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal([new DailyTally(Day, Monday)], (await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
    }

    [Fact]
    public async Task Two_ledgers_merge_and_the_export_names_both()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday)]));
        await ImportAsync(store, File("b", [new("/", Day, Tuesday)], "c"));

        var file = await ExportAsync(store);

        Assert.Equal(["a", "b", "c"], file.Merged);
        Assert.Equal([new LedgerEntry("/", Day, Monday + Tuesday)], file.Entries);
    }

    [Fact]
    public async Task What_belongs_to_no_day_stays_apart_through_export_and_import()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", null, Monday)]));
        await ImportAsync(store, File("b", [new("/", null, Tuesday)]));

        Assert.Equal([new LedgerEntry("/", null, Monday + Tuesday)], (await ExportAsync(store)).Entries);
        Assert.Empty((await store.ReadDailyAsync("/", DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days);
    }

    [Fact]
    public async Task A_ledger_takes_nothing_over_from_itself()
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);

        await AssertRefusedAsync(store, await ExportAsync(store));
    }

    [Fact]
    public async Task A_ledger_takes_nothing_back_from_one_that_has_merged_it()
    {
        var origin = await CreateAsync();
        await origin.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        var other = await CreateAsync();
        await ImportAsync(other, await ExportAsync(origin));

        await AssertRefusedAsync(origin, await ExportAsync(other));
    }

    public static TheoryData<string, string[], string, string[]> Overlaps => new()
    {
        { "a", [], "b", ["a"] },
        { "a", ["b"], "b", [] },
        { "a", ["c"], "b", ["c"] },
        { "a", ["b", "c"], "d", ["c"] },
    };

    [Theory]
    [MemberData(nameof(Overlaps))]
    public async Task A_ledger_that_would_come_by_two_ways_is_refused(
        string first, string[] firstMerged, string second, string[] secondMerged)
    {
        var store = await CreateAsync();
        await ImportAsync(store, File(first, [new("/", Day, Monday)], firstMerged));

        await AssertRefusedAsync(store, File(second, [new("/", Day, Tuesday)], secondMerged));
        Assert.Equal(default, await ImportAsync(store, File(first, [new("/", Day, Monday)], firstMerged)));
    }

    [Fact]
    public async Task A_ledger_that_has_merged_another_since_may_be_taken_over_again()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday)]));

        Assert.Equal(
            Tuesday - Monday, await ImportAsync(store, File("a", [new("/", Day, Tuesday)], "b")));
        await AssertRefusedAsync(store, File("b", [new("/", Day, Monday)]));
    }

    [Fact]
    public async Task More_ledgers_than_fit_into_one_transaction_are_noted()
    {
        var store = await CreateAsync();
        string[] merged = [.. Enumerable.Range(100, 250).Select(number => $"ledger{number}")];

        await ImportAsync(store, File("a", [new("/", Day, Monday)], merged));

        Assert.Equal(merged.Prepend("a"), (await ExportAsync(store)).Merged);
    }

    [Fact]
    public async Task Counting_goes_on_during_an_import()
    {
        var store = await CreateAsync();
        var file = File("a", [.. Enumerable.Range(0, 20).Select(day => new LedgerEntry("/", Day.AddDays(-day), Monday))]);

        var counting = Task.WhenAll(Enumerable.Range(0, 40).Select(
            visitor => store.ClaimAsync(Visitors.Claim($"visitor {visitor}", Noon), Cancellation)));
        await Task.WhenAll(counting, ImportAsync(store, file));

        var total = await store.ReadTotalAsync("/", Cancellation);
        Assert.Equal(40 + (20 * Monday.Visits), total.Visits);
        Assert.Equal(
            total,
            (await ExportAsync(store)).Entries.Aggregate(default(Tally), (sum, entry) => sum + entry.Tally));
    }

    public static TheoryData<int, long> Overflows => new()
    {
        { 1, Tally.MaxCount },
        { 2, (Tally.MaxCount / 2) + 1 },
        { 40, Tally.MaxCount / 20 },
        { 2_000, Tally.MaxCount },
    };

    [Theory]
    [MemberData(nameof(Overflows))]
    public async Task An_import_that_no_longer_fits_is_refused_before_anything_is_added(int days, long visits)
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation);
        LedgerEntry[] entries =
        [
            new("readme", Day, Monday),
            .. Enumerable.Range(0, days).Select(day => new LedgerEntry("/", Day.AddDays(-day), new Tally(Visits: visits))),
        ];

        await AssertRefusedAsync(store, File("a", entries));

        Assert.Equal(default, await store.ReadTotalAsync("readme", Cancellation));
        Assert.Empty((await ExportAsync(store)).Merged);
    }

    [Fact]
    public async Task The_largest_number_is_kept_exported_and_imported_again()
    {
        var most = new Tally(Visits: Tally.MaxCount, Bots: Tally.MaxCount, Visitors: Tally.MaxCount);
        var (store, other) = (await CreateAsync(), await CreateAsync());
        var file = File("a", [new("/", Day, most - Monday), new("/", null, Monday with { Visitors = 0 })]);

        var added = await ImportAsync(store, file);

        Assert.Equal(added, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal(default, await ImportAsync(store, file));
        Assert.Equal(added, await ImportAsync(other, await ExportAsync(store)));
        Assert.Equal(added, await other.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_counter_that_is_full_counts_no_more_and_the_others_go_on()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", null, new Tally(Visits: Tally.MaxCount - 1))]));
        Assert.Equal(
            new Receipt(Outcome.Visit, Tally.MaxCount, 1),
            await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation));

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ClaimAsync(Visitors.Claim("Grace", Noon), Cancellation));

        Assert.Contains("9007199254740991", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Repeat, (await store.ClaimAsync(Visitors.Claim("Ada", Noon), Cancellation)).Outcome);
        Assert.Equal(
            Outcome.Visit, (await store.ClaimAsync(Visitors.Claim("Grace", Noon, "readme"), Cancellation)).Outcome);
        Assert.Equal(
            new Tally(Visits: Tally.MaxCount, Repeats: 1, Visitors: 1), await store.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task Imports_that_fit_alone_but_not_together_are_refused_where_they_meet()
    {
        var store = await CreateAsync();
        var files = Enumerable.Range(0, 4).Select(number => File(
            $"ledger{number}",
            [.. Enumerable.Range(0, 10).Select(day => new LedgerEntry("/", Day.AddDays(day), new(Visits: Tally.MaxCount / 20)))]));

        var added = await Task.WhenAll(files.Select(async file =>
        {
            try
            {
                return await ImportAsync(store, file);
            }
            catch (TransferException)
            {
                return default;
            }
        }));

        var total = await store.ReadTotalAsync("/", Cancellation);
        Assert.InRange(total.Visits, added.Sum(tally => tally.Visits), Tally.MaxCount);
        Assert.True(added.Count(tally => tally != default) < 3);
        Assert.Equal(total, (await ExportAsync(store)).Entries.Aggregate(default(Tally), (sum, entry) => sum + entry.Tally));
    }

    [Theory]
    [InlineData("b", "b")]
    [InlineData("b", "a")]
    public async Task A_file_that_names_a_ledger_twice_is_refused(string first, string second)
    {
        var store = await CreateAsync();

        await AssertRefusedAsync(store, File("a", [new("/", Day, Monday)], first, second));
        Assert.Empty((await ExportAsync(store)).Merged);
    }

    protected static LedgerFile File(string ledger, IReadOnlyList<LedgerEntry> entries, params string[] merged) =>
        new(ledger, merged, entries);

    protected static ILedger LedgerOf(IVisitStore store) => (ILedger)store;

    protected static Task<LedgerFile> ExportAsync(IVisitStore store) =>
        LedgerFile.ExportAsync(LedgerOf(store), Cancellation);

    protected static async Task<Tally> ImportAsync(IVisitStore store, LedgerFile file) =>
        (await file.ImportAsync(LedgerOf(store), entriesDone: null, Cancellation)).Tally;

    private async Task<ILedger> CreateLedgerAsync() => LedgerOf(await CreateAsync());

    private static async Task AssertRefusedAsync(IVisitStore store, LedgerFile file)
    {
        var before = await store.ReadTotalAsync("/", Cancellation);
        var refusal = await Assert.ThrowsAsync<TransferException>(() => ImportAsync(store, file));
        Assert.Contains("Nothing was imported", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await store.ReadTotalAsync("/", Cancellation));
    }
}
