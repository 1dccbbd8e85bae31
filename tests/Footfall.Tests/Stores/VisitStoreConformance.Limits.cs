using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>How many visitors may be brought.</content>
public abstract partial class VisitStoreConformance
{
    private static readonly VisitRules TwoAnAddress = new() { AddressLimit = 2 };

    [Fact]
    public async Task An_address_brings_no_more_new_visitors_than_its_limit()
    {
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimFromOfficeAsync("Ada", Noon));
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimFromOfficeAsync("Grace", Noon));
        Assert.Equal(new Receipt(Outcome.Limited, 2, 2), await ClaimFromOfficeAsync("Mallory", Noon));
        Assert.Equal(new Receipt(Outcome.Limited, 2, 2), await ClaimFromOfficeAsync("Mallory", Noon + Window));

        Assert.Equal(new Tally(Visits: 2, Limited: 2, Visitors: 2), await TotalAsync());
    }

    [Fact]
    public async Task Visitors_whom_a_full_address_has_already_brought_are_still_counted()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(new Receipt(Outcome.Repeat, 2, 2), await ClaimFromOfficeAsync("Ada", Noon));
        Assert.Equal(new Receipt(Outcome.Visit, 3, 2), await ClaimFromOfficeAsync("Ada", Noon + Window));
        Assert.Equal(Outcome.Limited, (await ClaimFromOfficeAsync("Mallory", Noon + Window)).Outcome);
    }

    [Fact]
    public async Task A_returning_visitor_does_not_use_up_the_limit()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Ada", Noon + Window);
        await ClaimFromOfficeAsync("Ada", Noon + (2 * Window));

        Assert.Equal(Outcome.Visit, (await ClaimFromOfficeAsync("Grace", Noon + (2 * Window))).Outcome);
    }

    [Fact]
    public async Task The_limit_is_each_address_s_and_each_counter_s_own()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(Outcome.Visit, (await ClaimAsync("Linus", Noon, address: "home", rules: TwoAnAddress)).Outcome);
        Assert.Equal(
            Outcome.Visit,
            (await ClaimAsync("Mallory", Noon, "readme", "office", TwoAnAddress)).Outcome);
    }

    [Fact]
    public async Task The_limit_begins_anew_each_day()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);

        Assert.Equal(Outcome.Visit, (await ClaimFromOfficeAsync("Mallory", Noon.AddDays(1))).Outcome);
    }

    [Fact]
    public async Task A_limited_visitor_was_not_counted_and_so_does_not_become_a_repeat()
    {
        await ClaimFromOfficeAsync("Ada", Noon);
        await ClaimFromOfficeAsync("Grace", Noon);
        await ClaimFromOfficeAsync("Mallory", Noon);

        var generous = new VisitRules { AddressLimit = 3 };
        Assert.Equal(
            new Receipt(Outcome.Visit, 3, 3), await ClaimAsync("Mallory", Noon, address: "office", rules: generous));
    }

    [Fact]
    public async Task A_repeat_over_midnight_is_a_repeat_even_from_a_full_address()
    {
        await ClaimFromOfficeAsync("Ada", Midnight - Moment);
        await ClaimFromOfficeAsync("Grace", Midnight);
        await ClaimFromOfficeAsync("Linus", Midnight);

        Assert.Equal(Outcome.Repeat, (await ClaimFromOfficeAsync("Ada", Midnight)).Outcome);
        Assert.Equal(Outcome.Limited, (await ClaimFromOfficeAsync("Ada", Midnight + Window)).Outcome);
    }

    private Task<Receipt> ClaimFromOfficeAsync(string visitor, DateTimeOffset at) =>
        ClaimAsync(visitor, at, address: "office", rules: TwoAnAddress);
}
