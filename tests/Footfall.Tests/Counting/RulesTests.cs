using Footfall.Counting;

namespace Footfall.Tests.Counting;

public sealed class RulesTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(86_400, true)]
    [InlineData(0.999, false)]
    [InlineData(86_400.001, false)]
    [InlineData(-1, false)]
    public void A_window_is_a_second_to_a_day(double seconds, bool accepted) =>
        AssertAccepted(accepted, () => new VisitRules { VisitWindow = TimeSpan.FromSeconds(seconds) });

    [Theory]
    [InlineData(1, true)]
    [InlineData(1_000_000_000, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1_000_000_001, false)]
    public void A_limit_is_one_to_a_thousand_million(int limit, bool accepted)
    {
        AssertAccepted(accepted, () => new VisitRules { AddressLimit = limit });
        AssertAccepted(accepted, () => new VisitRules { NetworkLimit = limit });
    }

    [Fact]
    public void Unless_told_otherwise_the_window_is_30_minutes_and_the_limit_20() =>
        Assert.Equal(
            new VisitRules { VisitWindow = TimeSpan.FromMinutes(30), AddressLimit = 20 }, new VisitRules());

    [Theory]
    [InlineData(20, 320)]
    [InlineData(1, 16)]
    [InlineData(1_000_000_000, 1_000_000_000)]
    public void Unless_told_otherwise_a_network_brings_sixteen_times_what_an_address_may(int address, int network)
    {
        Assert.Equal(network, new VisitRules { AddressLimit = address }.NetworkLimit);
        Assert.Equal(5, new VisitRules { AddressLimit = address, NetworkLimit = 5 }.NetworkLimit);
    }

    private static void AssertAccepted(bool accepted, Func<VisitRules> make)
    {
        if (accepted)
        {
            _ = make();
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(make);
        }
    }
}
