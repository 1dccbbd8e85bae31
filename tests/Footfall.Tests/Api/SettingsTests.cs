using Footfall.Api;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Api;

/// <summary>What an owner may configure: keys and origins.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("readme")]
    [InlineData("/projects/foot-fall_1.0~beta")]
    [InlineData("...")]
    [InlineData("a..b")]
    public void A_key_that_may_be(string key) => Assert.True(new CounterKeys([key]).Contain(key));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/../")]
    [InlineData("a/./b")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a%20b")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("\u0430")]
    [InlineData("caf\u00E9")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a\"b")]
    public void A_key_that_may_not_be(string key) => Assert.Throws<FormatException>(() => new CounterKeys([key]));

    [Fact]
    public void A_key_of_100_characters_is_the_longest()
    {
        _ = new CounterKeys([new string('a', 100)]);
        Assert.Throws<FormatException>(() => new CounterKeys([new string('a', 101)]));
    }

    [Fact]
    public void The_first_page_always_counts_and_the_keys_are_listed_in_order() =>
        Assert.Equal(["/", "a", "b"], new CounterKeys(["b", "/", "a", "b"]).All);

    [Theory]
    [InlineData("/*")]
    [InlineData("/blog/*")]
    [InlineData("readme/*")]
    [InlineData("~/*")]
    public void A_family_that_may_be(string family)
    {
        var keys = new CounterKeys([family]);
        Assert.Equal(family, keys.FamilyOf($"{family[..^1]}hello"));
        Assert.True(keys.Contain($"{family[..^1]}hello"));
        Assert.False(keys.Contain(family));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("blog*")]
    [InlineData("/blog/**")]
    [InlineData("/*/comments")]
    [InlineData("/*/*")]
    [InlineData("/blog/*/")]
    [InlineData("/../*")]
    [InlineData("/caf\u00E9/*")]
    [InlineData("~to/*")]
    [InlineData("~to/k7f3/*")]
    public void A_family_that_may_not_be(string family)
    {
        var error = Assert.Throws<FormatException>(() => new CounterKeys([family]));
        Assert.Contains($"'{family[..^1]}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_its_own_is_of_no_family_and_others_of_the_one_with_most_of_it()
    {
        var keys = new CounterKeys(["/*", "/blog/2026/*", "/blog/*", "/blog/pinned", "readme"]);

        Assert.Equal(["/", "/*", "/blog/*", "/blog/2026/*", "/blog/pinned", "readme"], keys.All);
        Assert.Equal("/blog/2026/*", keys.FamilyOf("/blog/2026/hello"));
        Assert.Equal("/blog/2026/*", keys.FamilyOf("/blog/2026/"));
        Assert.Equal("/blog/*", keys.FamilyOf("/blog/2026"));
        Assert.Equal("/*", keys.FamilyOf("/blog"));
        Assert.Null(keys.FamilyOf("/blog/pinned"));
        Assert.Null(keys.FamilyOf("/"));
        Assert.Null(keys.FamilyOf("readme/more"));
        Assert.False(keys.Contain("readme/more"));
    }

    [Fact]
    public async Task What_there_is_of_a_family_is_what_was_admitted()
    {
        var store = new MemoryVisitStore();
        foreach (var key in new[] { "/blog/b", "/blog/a" })
        {
            Assert.True(await store.AdmitAsync("/blog/*", key, CounterKeys.FamilyCeiling, TestContext.Current.CancellationToken));
        }

        var counters = await new CounterKeys(["/blog/*", "/notes/*", "/blog/a", "readme"]).ReadAllAsync(
            store, TestContext.Current.CancellationToken);

        Assert.Equal(["/", "/blog/a", "/blog/b", "readme"], counters);
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("https://xn--bcher-kva.example")]
    public void An_origin_that_may_be(string origin) => Assert.True(new AllowedOrigins([origin]).Contain(origin));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("example.com")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/page")]
    [InlineData("https://example.com?a")]
    [InlineData("https://example.com#a")]
    [InlineData("https://example.com:443")]
    [InlineData("http://example.com:80")]
    [InlineData("https://EXAMPLE.com")]
    [InlineData("HTTPS://example.com")]
    [InlineData("https://user@example.com")]
    [InlineData("https://*.example.com")]
    [InlineData("https://b\u00FCcher.example")]
    [InlineData("ftp://example.com")]
    [InlineData("https:///example.com")]
    [InlineData(" https://example.com")]
    [InlineData("https://example.com, https://example.org")]
    public void An_origin_that_may_not_be(string origin)
    {
        var error = Assert.Throws<FormatException>(() => new AllowedOrigins([origin]));
        Assert.Contains($"'{origin}'", error.Message, StringComparison.Ordinal);
    }
}
