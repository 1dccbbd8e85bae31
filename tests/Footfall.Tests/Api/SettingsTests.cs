using Footfall.Api;

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
