using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

public sealed class PseudonymTableTests
{
    [Fact]
    public void It_holds_what_a_dictionary_holds()
    {
        var random = new Random(9);
        var table = new PseudonymTable();
        var expected = new Dictionary<Pseudonym, long>();
        var known = new List<Pseudonym>();
        for (var step = 0; step < 200_000; step++)
        {
            if (known.Count == 0 || random.Next(3) > 0)
            {
                known.Add(Draw(random));
            }

            var key = known[random.Next(known.Count)];
            var number = random.NextInt64();
            table[key] = number;
            expected[key] = number;
        }

        Assert.All(expected, entry => Assert.Equal(entry.Value, table[entry.Key]));
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Equal(0, table[Draw(random)]));
    }

    /// <summary>A visitor, an address and a network each, at any number of visitors: the worst lies just behind growing.</summary>
    [Theory]
    [InlineData(false, 70)]
    [InlineData(true, 100)]
    public void A_visitor_with_an_address_of_their_own_takes_no_more_than_a_hundred_bytes(bool hasNetwork, int most)
    {
        var random = new Random(9);
        var claims = new DayClaims();
        for (var visitor = 1; visitor <= 300_000; visitor++)
        {
            claims.Note(new ClaimEntry(Draw(random), visitor, Draw(random), hasNetwork ? Draw(random) : null));
            if (visitor >= 20_000 && visitor % 1_000 == 0)
            {
                Assert.InRange(claims.Bytes / (double)visitor, 1, most);
            }
        }

        Assert.Equal(300_000, claims.Visitors);
    }

    /// <summary>A measurement, not a test: what the process really grows by.</summary>
    [Theory(Explicit = true)]
    [InlineData(100_000, false)]
    [InlineData(1_000_000, false)]
    [InlineData(100_000, true)]
    [InlineData(1_000_000, true)]
    public void Resident_bytes_a_visitor(int visitors, bool hasNetwork)
    {
        var random = new Random(9);
        var claims = new DayClaims();
        var before = Resident();
        for (var visitor = 1; visitor <= visitors; visitor++)
        {
            claims.Note(new ClaimEntry(Draw(random), visitor, Draw(random), hasNetwork ? Draw(random) : null));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{visitors} visitors, {(hasNetwork ? "IPv6" : "IPv4")}: {(Resident() - before) / (double)visitors:F0} bytes each");
        GC.KeepAlive(claims);
    }

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private static Pseudonym Draw(Random random)
    {
        Span<byte> bytes = stackalloc byte[Pseudonym.Size];
        random.NextBytes(bytes);
        return Pseudonym.FromBytes(bytes);
    }
}
