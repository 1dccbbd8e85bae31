using System.Net;
using Footfall.Counting;
using Footfall.Tests.Api;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Counting;

public sealed class PseudonymTests
{
    // The salt is the bytes 0 to 31. The four values are OpenSSL's (3.0.19), of kind, length of the counter in four
    // bytes, counter, length of the address in one, address, user agent:
    //   openssl dgst -sha256 -mac HMAC -macopt hexkey:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
    // after, in their order below:
    //   (printf '\x01\0\0\0\x01/\x04\xcb\0\x71\x07'; printf %s 'Mozilla/5.0 (X11; …) Gecko/20100101 Firefox/145.0') |
    //   printf '\x01\0\0\0\x06readme\x08\x20\x01\x0d\xb8\0\x01\0\x02Gr\xc3\xb6\xc3\x9fe 1' |
    //   printf '\x02\0\0\0\x01/\x04\xcb\0\x71\x07' |
    //   printf '\x02\0\0\0\x06readme\x08\x20\x01\x0d\xb8\0\x01\0\x02' |
    private static readonly Salt Salt = new([.. Enumerable.Range(0, Salt.Size).Select(i => (byte)i)]);

    [Theory]
    [InlineData("/", "203.0.113.7", Browsers.Firefox, "4OuuIC2ayl8zJXyg0frxIQ")]
    [InlineData("readme", "2001:db8:1:2:3:4:5:6", "Gr\u00F6\u00DFe 1", "FNc907xbY2iGLus1nRti_w")]
    public void A_visitor_is_the_HMAC_of_counter_address_and_user_agent(
        string counter, string address, string userAgent, string expected) =>
        Assert.Equal(expected, Pseudonym.OfVisitor(Salt, counter, IPAddress.Parse(address), userAgent).ToString());

    [Theory]
    [InlineData("/", "203.0.113.7", "wUW1GgqyXusdSXrV4WZrDw")]
    [InlineData("readme", "2001:db8:1:2::", "ZSO8uDB_e1wgS02ShDxCSQ")]
    public void An_address_is_the_HMAC_of_counter_and_address(string counter, string address, string expected) =>
        Assert.Equal(expected, Pseudonym.OfAddress(Salt, counter, IPAddress.Parse(address)).ToString());

    [Fact]
    public void It_differs_with_whatever_it_is_made_of()
    {
        var other = Visitors.SaltOf("another day");
        var address = IPAddress.Parse("203.0.113.7");
        Pseudonym[] all =
        [
            Pseudonym.OfVisitor(Salt, "/", address, Browsers.Firefox),
            Pseudonym.OfVisitor(other, "/", address, Browsers.Firefox),
            Pseudonym.OfVisitor(Salt, "readme", address, Browsers.Firefox),
            Pseudonym.OfVisitor(Salt, "/", IPAddress.Parse("203.0.113.8"), Browsers.Firefox),
            Pseudonym.OfVisitor(Salt, "/", address, Browsers.Chrome),
            Pseudonym.OfVisitor(Salt, "/", address, ""),
            Pseudonym.OfAddress(Salt, "/", address),
            Pseudonym.OfAddress(other, "/", address),
            Pseudonym.OfAddress(Salt, "readme", address),
            Pseudonym.OfAddress(Salt, "/", IPAddress.Parse("203.0.113.8")),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void No_two_inputs_run_into_each_other()
    {
        // 0x61 is 'a': each pair would be the same bytes if its parts were merely put after one another.
        Assert.NotEqual(
            Pseudonym.OfVisitor(Salt, "a", IPAddress.Parse("97.97.97.97"), "b"),
            Pseudonym.OfVisitor(Salt, "aa", IPAddress.Parse("97.97.97.98"), ""));
        Assert.NotEqual(
            Pseudonym.OfVisitor(Salt, "/", IPAddress.Parse("97.97.97.97"), "aaaab"),
            Pseudonym.OfVisitor(Salt, "/", IPAddress.Parse("6161:6161:6161:6161::"), "b"));
        Assert.NotEqual(
            Pseudonym.OfVisitor(Salt, "a", IPAddress.Parse("1.2.3.4"), "x"),
            Pseudonym.OfVisitor(Salt, "ax", IPAddress.Parse("1.2.3.4"), ""));
    }

    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::203.0.113.7", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%1", "fe80::1%2", true)]
    public void An_IPv4_address_counts_whole_and_an_IPv6_address_by_its_first_64_bits(string one, string other, bool same)
    {
        var (left, right) = (IPAddress.Parse(one), IPAddress.Parse(other));
        Assert.Equal(same, Pseudonym.OfAddress(Salt, "/", left) == Pseudonym.OfAddress(Salt, "/", right));
        Assert.Equal(same, Pseudonym.OfVisitor(Salt, "/", left, "a") == Pseudonym.OfVisitor(Salt, "/", right, "a"));
    }

    [Fact]
    public void It_is_written_and_read_back()
    {
        var pseudonym = Pseudonym.OfVisitor(Salt, "/", IPAddress.Loopback, Browsers.Firefox);
        Span<byte> bytes = stackalloc byte[Pseudonym.Size];
        pseudonym.WriteBytes(bytes);
        Assert.Equal(pseudonym, Pseudonym.FromBytes(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_salt_is_32_bytes(int length) => Assert.Throws<ArgumentException>(() => new Salt(new byte[length]));
}
