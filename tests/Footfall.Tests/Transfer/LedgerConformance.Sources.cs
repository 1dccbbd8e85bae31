using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Tests.Stores;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

/// <content>Sources and links go along.</content>
public abstract partial class LedgerConformance
{
    private static readonly Link Acme = new("k7f3q2xm", "Acme, platform lead", new(2026, 11, 22));

    [Fact]
    public async Task Sources_are_added_to_those_that_are_there()
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Visitors.Claim("Ada", Noon, source: Source.Other), Cancellation);

        await ImportAsync(store, File("a", [new("/", Day, Monday, Sources(("linkedin", 3), ("other", 1)))]));
        await ImportAsync(store, File("b", [new("/", Day, Monday, Sources(("linkedin", 5)))]));

        var day = Assert.Single((await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
        Assert.Equal(Sources(("linkedin", 8), ("other", 2)), day.Sources);
        Assert.Equal(Sources(("linkedin", 8), ("other", 2), ("unknown", 1)), day.SourcesOfAllVisits);
        Assert.Equal(
            [new LedgerEntry("/", Day, Monday + Monday + Tally.Of(Outcome.Visit, newVisitor: true), day.Sources)],
            (await ExportAsync(store)).Entries);
    }

    [Fact]
    public async Task An_export_with_sources_behind_one_without_brings_them_and_no_visit()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday)]));
        var file = File("a", [new("/", Day, Monday, Sources(("direct", 2), ("linkedin", 3)))]);

        var added = await file.ImportAsync(LedgerOf(store), entriesDone: null, Cancellation);
        var again = await file.ImportAsync(LedgerOf(store), entriesDone: null, Cancellation);

        Assert.Equal(new ImportResult(default, Sources: 5), added);
        Assert.Equal(default, again);
        Assert.Equal(
            [new DailyTally(Day, Monday, Sources(("direct", 2), ("linkedin", 3)))],
            (await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
    }

    [Fact]
    public async Task An_export_without_sources_behind_one_with_them_takes_none_away()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday, Sources(("linkedin", 3)))]));

        await ImportAsync(store, File("a", [new("/", Day, Tuesday)]));
        await ImportAsync(store, File("a", [new("/", Day, Tuesday, Sources(("linkedin", 4), ("xing", 1)))]));

        Assert.Equal(
            [new DailyTally(Day, Tuesday, Sources(("linkedin", 4), ("xing", 1)))],
            (await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
    }

    [Fact]
    public async Task Copies_of_one_ledger_that_went_apart_never_come_to_more_sources_than_visits()
    {
        var store = await CreateAsync();
        await ImportAsync(store, File("a", [new("/", Day, Monday, Sources(("direct", 5)))]));

        await ImportAsync(store, File("a", [new("/", Day, Monday, Sources(("direct", 4), ("linkedin", 1)))]));
        await ImportAsync(store, File("a", [new("/", Day, Monday with { Visits = 6 }, Sources(("linkedin", 6)))]));

        var day = Assert.Single((await store.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
        Assert.Equal((6, Sources(("direct", 5))), (day.Tally.Visits, day.Sources));
    }

    [Fact]
    public async Task As_many_sources_as_a_file_may_have_are_taken_over()
    {
        var sources = Sources([.. Enumerable.Range(0, LedgerEntry.MaxSources)
            .Select(number => ($"{number:000}.{new string('x', Source.MaxNameLength - 4)}", number + 1L))]);
        var store = await CreateAsync();
        var file = File("a", [new("/", Day, new Tally(Visits: sources.Sum), sources)]);

        await ImportAsync(store, file);
        await ImportAsync(store, file);

        Assert.Equal(file.Entries, (await ExportAsync(store)).Entries);
    }

    [Fact]
    public async Task The_same_import_of_sources_many_times_at_once_adds_once()
    {
        var store = await CreateAsync();
        var file = File("a", [new("/", Day, Monday, Sources(("direct", 2), ("linkedin", 3)))]);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ImportAsync(store, file)));

        Assert.Equal(file.Entries, (await ExportAsync(store)).Entries);
    }

    [Fact]
    public async Task Links_go_along_with_what_they_counted_and_one_that_is_there_keeps_its_name()
    {
        var (store, other) = (await CreateAsync(), await CreateAsync());
        await LedgerOf(store).AddLinkAsync(Acme, Cancellation);
        await store.ClaimAsync(Visitors.Claim("Ada", Noon, Acme.Counter), Cancellation);
        var file = await ExportAsync(store);

        var added = await file.ImportAsync(LedgerOf(other), entriesDone: null, Cancellation);
        await LedgerOf(other).RenameLinkAsync(Acme.Key, "Acme", Cancellation);
        var again = await file.ImportAsync(LedgerOf(other), entriesDone: null, Cancellation);

        Assert.Equal([Acme], file.Links);
        Assert.Equal((1, 0), (added.Links, again.Links));
        Assert.Equal([Acme with { Name = "Acme" }], (await ExportAsync(other)).Links);
        Assert.Equal(new Tally(Visits: 1, Visitors: 1), await other.ReadTotalAsync(Acme.Counter, Cancellation));
    }

    private static SourceCounts Sources(params (string Name, long Visits)[] counts) =>
        SourceCounts.Of(counts.Select(count => KeyValuePair.Create(Source.Named(count.Name), count.Visits)));
}
