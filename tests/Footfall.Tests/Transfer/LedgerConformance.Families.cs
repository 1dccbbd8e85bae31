using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

/// <content>Keys of families of counters, of which a file tells no more than that they were counted.</content>
public abstract partial class LedgerConformance
{
    private const string Family = "/blog/*";

    [Fact]
    public async Task An_imported_key_is_a_counter_of_its_family_before_anybody_has_been_there()
    {
        var store = await CreateAsync();
        Assert.True(await store.AdmitAsync(Family, "/blog/c", ceiling: 1, Cancellation));

        await ImportAsync(store, File("a", [
            new("/blog/b", Day, Monday), new("/blog/a", null, Monday), new("/blog/a", Day, Monday),
            new("/blogs", Day, Monday), new(Link.CounterOf("k7f3q2xm"), Day, Monday),
        ]));

        Assert.Equal(["/blog/a", "/blog/b", "/blog/c"], await store.ReadAdmittedAsync(Family, Cancellation));
        Assert.Equal(["/blog/a", "/blog/b", "/blogs"], await store.ReadAdmittedAsync("/*", Cancellation));
        Assert.Empty(await store.ReadAdmittedAsync("/notes/*", Cancellation));
        Assert.True(await store.AdmitAsync(Family, "/blog/a", ceiling: 0, Cancellation));
        Assert.False(await store.AdmitAsync(Family, "/blog/d", ceiling: 0, Cancellation));
    }

    [Fact]
    public async Task Imported_keys_are_more_than_a_family_admits_and_take_none_of_its_room()
    {
        var store = await CreateAsync();
        Assert.True(await store.AdmitAsync(Family, "/blog/a", ceiling: 2, Cancellation));
        var file = File("a", [.. "abcd".Select(name => new LedgerEntry($"/blog/{name}", Day, Monday))]);

        await ImportAsync(store, file);
        await ImportAsync(store, file);

        Assert.True(await store.AdmitAsync(Family, "/blog/e", ceiling: 2, Cancellation));
        Assert.False(await store.AdmitAsync(Family, "/blog/f", ceiling: 2, Cancellation));
        Assert.Equal(
            ["/blog/a", "/blog/b", "/blog/c", "/blog/d", "/blog/e"], await store.ReadAdmittedAsync(Family, Cancellation));
    }

    [Fact]
    public async Task A_starting_number_makes_its_key_a_counter()
    {
        var store = await CreateAsync();

        await LedgerFile.ImportStartingNumberAsync(LedgerOf(store), "/blog/a", visits: 1234, Cancellation);

        Assert.Equal(["/blog/a"], await store.ReadAdmittedAsync(Family, Cancellation));
        Assert.Equal(new Tally(Visits: 1234), await store.ReadTotalAsync("/blog/a", Cancellation));
    }
}
