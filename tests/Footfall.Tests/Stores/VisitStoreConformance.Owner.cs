using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Tests.Stores;

/// <content>What the owner keeps beside the counts, seen by every instance at once.</content>
public abstract partial class VisitStoreConformance
{
    private const string Family = "/blog/*";

    private static readonly Link Acme = new("k7f3q2xm", "Acme, platform \u201clead\u201d; 100% \U0001F680", new(2026, 11, 22));
    private static readonly Link Zenith = new("abcdefgh", "Zenith", new(2025, 1, 2));

    private ILinkStore Links => (ILinkStore)Store;

    private IReportMarks Marks => (IReportMarks)Store;

    [Fact]
    public async Task Links_are_kept_renamed_and_removed()
    {
        var elsewhere = (ILinkStore)await OpenAnotherAsync();
        Assert.Empty(await Links.ReadLinksAsync(Cancellation));
        Assert.False(await Links.HasLinkAsync(Acme.Key, Cancellation));

        Assert.True(await Links.AddLinkAsync(Acme, Cancellation));
        Assert.True(await elsewhere.AddLinkAsync(Zenith, Cancellation));

        Assert.Equal([Zenith, Acme], await elsewhere.ReadLinksAsync(Cancellation));
        Assert.True(await elsewhere.HasLinkAsync(Acme.Key, Cancellation));
        Assert.True(await Links.RenameLinkAsync(Zenith.Key, "Zenith GmbH", Cancellation));
        Assert.True(await Links.RemoveLinkAsync(Acme.Key, Cancellation));
        Assert.Equal([Zenith with { Name = "Zenith GmbH" }], await elsewhere.ReadLinksAsync(Cancellation));
        Assert.False(await elsewhere.HasLinkAsync(Acme.Key, Cancellation));
    }

    [Fact]
    public async Task A_link_of_a_key_that_is_taken_is_refused_and_of_none_nothing_is_changed()
    {
        await Links.AddLinkAsync(Acme, Cancellation);

        Assert.False(await Links.AddLinkAsync(Zenith with { Key = Acme.Key }, Cancellation));
        Assert.False(await Links.RenameLinkAsync(Zenith.Key, "Another", Cancellation));
        Assert.False(await Links.RemoveLinkAsync(Zenith.Key, Cancellation));

        Assert.Equal([Acme], await Links.ReadLinksAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_removed_link_has_counted_stays()
    {
        await Links.AddLinkAsync(Acme, Cancellation);
        await ClaimAsync("Ada", Noon, Acme.Counter);

        await Links.RemoveLinkAsync(Acme.Key, Cancellation);

        Assert.Equal(new Tally(Visits: 1, Visitors: 1), await TotalAsync(Acme.Counter));
    }

    [Fact]
    public async Task Of_many_who_add_one_link_at_once_one_does()
    {
        var elsewhere = (ILinkStore)await OpenAnotherAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            () => (number % 2 == 0 ? Links : elsewhere).AddLinkAsync(Acme with { Name = $"name {number}" }, Cancellation),
            Cancellation)));

        Assert.Equal(1, added.Count(one => one));
        Assert.Equal(
            $"name {Array.IndexOf(added, true)}", Assert.Single(await Links.ReadLinksAsync(Cancellation)).Name);
    }

    [Fact]
    public async Task Visitors_by_a_link_of_whom_many_are_retried_count_once_for_the_page_and_once_for_the_link()
    {
        const int Visits = 150;
        var other = await OpenAnotherAsync();
        var random = new Random(14);
        var sent = Enumerable.Range(0, Visits).SelectMany(visitor => Enumerable.Repeat(visitor, 1 + random.Next(3)))
            .OrderBy(_ => random.Next())
            .ToList();

        await RecordConcurrentlyAsync(
            sent, (visitor, number) => ComeByLinkAsync(number % 2 == 0 ? Store : other, $"visitor {visitor}"));

        await AssertCameByLinkAsync(Visits);
    }

    [Fact]
    public async Task A_visitor_by_a_link_of_whom_one_half_was_lost_is_counted_whole_when_asking_again()
    {
        await Store.ClaimAsync(Visitors.Claim("Ada", Noon, source: Source.Link), Cancellation);
        await Store.ClaimAsync(Visitors.Claim("Grace", Noon, Acme.Counter), Cancellation);

        foreach (var visitor in new[] { "Ada", "Grace", "Ada", "Grace" })
        {
            await ComeByLinkAsync(Store, visitor);
        }

        await AssertCameByLinkAsync(visits: 2);
    }

    /// <summary>As the API does: the page and the link side by side.</summary>
    private static async Task<Receipt> ComeByLinkAsync(IVisitStore store, string visitor)
    {
        var page = store.ClaimAsync(Visitors.Claim(visitor, Noon, source: Source.Link), Cancellation);
        var link = store.ClaimAsync(Visitors.Claim(visitor, Noon, Acme.Counter), Cancellation);
        await Task.WhenAll(page, link);
        return await page;
    }

    private async Task AssertCameByLinkAsync(int visits)
    {
        var (page, link) = (await TotalAsync(), await TotalAsync(Acme.Counter));
        Assert.Equal(new Tally(Visits: visits, Visitors: visits, Repeats: page.Repeats), page);
        Assert.Equal(new Tally(Visits: visits, Visitors: visits, Repeats: link.Repeats), link);
        Assert.Equal(Sources(("link", visits)), Assert.Single(await AllDaysAsync()).Sources);
        Assert.Equal(Sources(("direct", visits)), Assert.Single(await AllDaysAsync(Acme.Counter)).Sources);
    }

    [Fact]
    public async Task A_mark_is_replaced_where_it_is_what_was_found()
    {
        var elsewhere = (IReportMarks)await OpenAnotherAsync();
        Assert.Null(await Marks.FindMarkAsync("daily", Cancellation));

        Assert.False(await Marks.ReplaceMarkAsync("daily", "2026-11-22", "2026-11-23", Cancellation));
        Assert.True(await Marks.ReplaceMarkAsync("daily", found: null, "2026-11-22", Cancellation));
        Assert.True(await Marks.ReplaceMarkAsync("weekly", found: null, "2026-11-16", Cancellation));
        Assert.False(await elsewhere.ReplaceMarkAsync("daily", found: null, "2026-11-24", Cancellation));
        Assert.False(await elsewhere.ReplaceMarkAsync("daily", "2026-11-16", "2026-11-24", Cancellation));
        Assert.True(await elsewhere.ReplaceMarkAsync("daily", "2026-11-22", "2026-11-23", Cancellation));

        Assert.Equal("2026-11-23", await Marks.FindMarkAsync("daily", Cancellation));
        Assert.Equal("2026-11-16", await elsewhere.FindMarkAsync("weekly", Cancellation));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sent 2026-11-21")]
    public async Task Of_many_who_replace_one_mark_at_once_one_does(string? found)
    {
        var elsewhere = (IReportMarks)await OpenAnotherAsync();
        if (found is not null)
        {
            await Marks.ReplaceMarkAsync("daily", found: null, found, Cancellation);
        }

        var replaced = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            () => (number % 2 == 0 ? Marks : elsewhere).ReplaceMarkAsync("daily", found, $"value {number}", Cancellation),
            Cancellation)));

        Assert.Equal(1, replaced.Count(one => one));
        Assert.Equal($"value {Array.IndexOf(replaced, true)}", await Marks.FindMarkAsync("daily", Cancellation));
    }

    [Fact]
    public async Task Of_many_who_tell_one_thing_at_once_one_does()
    {
        const int Tellers = 16;
        var elsewhere = (IReportMarks)await OpenAnotherAsync();
        var clock = new ManualClock(Noon);
        var decided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (undecided, told) = (Tellers, 0);

        var results = await Task.WhenAll(Enumerable.Range(0, Tellers).Select(
            number => Task.Run(() => TellAsync(number % 2 == 0 ? Marks : elsewhere), Cancellation)));

        Assert.Equal((1, 1), (told, results.Count(one => one)));

        async Task<bool> TellAsync(IReportMarks marks)
        {
            var isTold = await new ToldOnce(marks, clock).TellAsync("report day", "2026-11-22", SendAsync, Cancellation);
            if (!isTold)
            {
                Decide();
            }

            return isTold;
        }

        // Whoever sends is at it until nobody is left who might.
        async Task<Delivery> SendAsync(bool mayBeRepetition, CancellationToken stop)
        {
            Interlocked.Increment(ref told);
            Decide();
            await decided.Task.WaitAsync(stop);
            return Delivery.Taken;
        }

        void Decide()
        {
            if (Interlocked.Decrement(ref undecided) == 0)
            {
                decided.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_family_admits_keys_up_to_its_ceiling_and_those_for_good()
    {
        var elsewhere = await OpenAnotherAsync();
        Assert.Empty(await Store.ReadAdmittedAsync(Family, Cancellation));

        Assert.True(await Store.AdmitAsync(Family, "/blog/b", 2, Cancellation));
        Assert.True(await elsewhere.AdmitAsync(Family, "/blog/a", 2, Cancellation));
        Assert.False(await Store.AdmitAsync(Family, "/blog/c", 2, Cancellation));
        Assert.True(await Store.AdmitAsync(Family, "/blog/a", 2, Cancellation));
        Assert.True(await elsewhere.AdmitAsync(Family, "/blog/b", 1, Cancellation));
        Assert.True(await elsewhere.AdmitAsync(Family, "/blog/a", 0, Cancellation));
        Assert.False(await elsewhere.AdmitAsync(Family, "/blog/c", 0, Cancellation));
        Assert.True(await Store.AdmitAsync("/notes/*", "/blog/c", 1, Cancellation));

        Assert.Equal(["/blog/a", "/blog/b"], await elsewhere.ReadAdmittedAsync(Family, Cancellation));
        Assert.True(await elsewhere.AdmitAsync(Family, "/blog/c", 3, Cancellation));
        Assert.True(await Store.AdmitAsync(Family, "/blog/c", 2, Cancellation));
        Assert.Equal(["/blog/a", "/blog/b", "/blog/c"], await Store.ReadAdmittedAsync(Family, Cancellation));
    }

    [Fact]
    public async Task Many_keys_at_once_do_not_exceed_the_ceiling()
    {
        const int Ceiling = 12;
        var elsewhere = await OpenAnotherAsync();

        var admitted = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(
            () => (number % 2 == 0 ? Store : elsewhere).AdmitAsync(Family, $"/blog/{number / 2}", Ceiling, Cancellation),
            Cancellation)));

        var keys = await Store.ReadAdmittedAsync(Family, Cancellation);
        Assert.Equal(Ceiling, keys.Count);
        for (var number = 0; number < admitted.Length; number++)
        {
            Assert.Equal(keys.Contains($"/blog/{number / 2}"), admitted[number]);
        }
    }

    [Fact]
    public async Task A_thousand_long_keys_fit()
    {
        var keys = Enumerable.Range(0, 1_000).Select(number => $"/blog/{number:0000}{new string('x', 90)}").ToList();
        foreach (var some in keys.Chunk(50))
        {
            Assert.All(
                await Task.WhenAll(some.Select(key => Store.AdmitAsync(Family, key, keys.Count, Cancellation))), Assert.True);
        }

        Assert.Equal(keys, await Store.ReadAdmittedAsync(Family, Cancellation));
    }
}
