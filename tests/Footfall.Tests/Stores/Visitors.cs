using System.Net;
using System.Security.Cryptography;
using System.Text;
using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <summary>Makes the claims that the counting rules would make, under salts that follow from the day.</summary>
public static class Visitors
{
    /// <summary>A day whose visits all came directly.</summary>
    public static DailyTally Direct(DateOnly day, Tally tally) =>
        new(day, tally, SourceCounts.Of(KeyValuePair.Create(Source.Direct, tally.Visits)));

    /// <param name="visitor">Names the visitor's browser.</param>
    /// <param name="address">
    /// Names the address that the visitor comes from, after its network and a colon if it shares one; by default it is
    /// one of the visitor's own.
    /// </param>
    public static VisitorClaim Claim(
        string visitor,
        DateTimeOffset at,
        string counter = "/",
        string? address = null,
        VisitRules? rules = null,
        Source source = default)
    {
        var kept = rules ?? new VisitRules();
        var place = AddressOf(address ?? visitor);
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        return new VisitorClaim
        {
            Counter = counter,
            At = at,
            Visitor = Pseudonym.OfVisitor(SaltOf(today), counter, place, visitor),
            VisitorYesterday = at.UtcDateTime.TimeOfDay < kept.VisitWindow
                ? Pseudonym.OfVisitor(SaltOf(today.AddDays(-1)), counter, place, visitor)
                : null,
            Address = Pseudonym.OfAddress(SaltOf(today), counter, place),
            Network = Pseudonym.OfNetwork(SaltOf(today), counter, place),
            Source = source,
            Rules = kept,
        };
    }

    public static Salt SaltOf(DateOnly day) => SaltOf(day.ToString("O"));

    public static Salt SaltOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    // An IPv6 one, in whose network are those whose names begin alike, up to a colon.
    private static IPAddress AddressOf(string name)
    {
        var address = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        SHA256.HashData(Encoding.UTF8.GetBytes(name.Split(':')[0])).AsSpan(0, 6).CopyTo(address);
        return new IPAddress(address);
    }
}
