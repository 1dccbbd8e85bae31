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

    private static readonly VisitRules ThreeANetwork = new() { AddressLimit = 2, NetworkLimit = 3 };

    [Fact]
    public async Task A_network_brings_no_more_new_visitors_than_its_limit()
    {
        Assert.Equal(new Receipt(Outcome.Visit, 1, 1), await ClaimFromCampusAsync("Ada", "library"));
        Assert.Equal(new Receipt(Outcome.Visit, 2, 2), await ClaimFromCampusAsync("Grace", "library"));
        Assert.Equal(new Receipt(Outcome.Visit, 3, 3), await ClaimFromCampusAsync("Linus", "dormitory"));
        Assert.Equal(new Receipt(Outcome.Limited, 3, 3), await ClaimFromCampusAsync("Mallory", "canteen"));

        Assert.Equal(Outcome.Repeat, (await ClaimFromCampusAsync("Ada", "library")).Outcome);
        Assert.Equal(Outcome.Visit, (await ClaimAsync("Mallory", Noon, address: "home", rules: ThreeANetwork)).Outcome);
        Assert.Equal(
            Outcome.Visit, (await ClaimAsync("Mallory", Noon, "readme", "campus:canteen", ThreeANetwork)).Outcome);
        Assert.Equal(new Tally(Visits: 4, Repeats: 1, Limited: 1, Visitors: 4), await TotalAsync());
    }

    [Fact]
    public async Task The_address_s_limit_holds_inside_a_network_that_is_under_its_own()
    {
        await ClaimFromCampusAsync("Ada", "library");
        await ClaimFromCampusAsync("Grace", "library");

        Assert.Equal(Outcome.Limited, (await ClaimFromCampusAsync("Mallory", "library")).Outcome);
        Assert.Equal(Outcome.Visit, (await ClaimFromCampusAsync("Linus", "dormitory")).Outcome);
    }

    [Fact]
    public async Task A_network_s_limit_begins_anew_each_day_and_is_known_to_every_instance()
    {
        var other = await OpenAnotherAsync();
        foreach (var visitor in (string[])["Ada", "Grace", "Linus"])
        {
            await ClaimFromCampusAsync(visitor, visitor);
        }

        var claim = Visitors.Claim("Mallory", Noon, address: "campus:canteen", rules: ThreeANetwork);
        Assert.Equal(Outcome.Limited, (await other.ClaimAsync(claim, Cancellation)).Outcome);
        Assert.Equal(Outcome.Visit, (await ClaimFromCampusAsync("Mallory", "canteen", Noon.AddDays(1))).Outcome);
    }

    [Fact]
    public async Task An_address_without_a_network_has_its_own_limit_alone()
    {
        for (var visitor = 0; visitor < 5; visitor++)
        {
            var claim = Visitors.Claim($"visitor {visitor}", Noon, rules: ThreeANetwork) with { Network = null };
            Assert.Equal(Outcome.Visit, (await Store.ClaimAsync(claim, Cancellation)).Outcome);
        }
    }

    private Task<Receipt> ClaimFromCampusAsync(string visitor, string building, DateTimeOffset? at = null) =>
        ClaimAsync(visitor, at ?? Noon, address: $"campus:{building}", rules: ThreeANetwork);
}
