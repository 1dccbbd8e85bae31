namespace Footfall.Counting;

/// <summary>
/// What one counter came to in one period (a UTC day, or all time): the number of requests per outcome, and how many
/// distinct visitors the visits came from. All arithmetic is checked.
/// </summary>
/// <param name="Visits">Requests that raised the count.</param>
/// <param name="Repeats">Requests by a visitor who was counted within the visit window.</param>
/// <param name="Bots">Requests by known automation.</param>
/// <param name="Prefetches">Requests that nobody was looking at yet.</param>
/// <param name="OptedOuts">Requests with Global Privacy Control or Do Not Track.</param>
/// <param name="Limited">Requests by newcomers over the limit of their address or network.</param>
/// <param name="Visitors">Distinct visitors per UTC day; over more than a day, the sum of the days'.</param>
public readonly record struct Tally(
    long Visits = 0,
    long Repeats = 0,
    long Bots = 0,
    long Prefetches = 0,
    long OptedOuts = 0,
    long Limited = 0,
    long Visitors = 0)
{
    /// <summary>
    /// The largest number that is ever stored: 2⁵³ − 1, the largest that every reader of JSON takes exactly (RFC 8259,
    /// section 6).
    /// </summary>
    public const long MaxCount = 9_007_199_254_740_991;

    /// <summary>All requests that were acknowledged: the sum of the outcomes.</summary>
    public long Requests => checked(Visits + Repeats + Bots + Prefetches + OptedOuts + Limited);

    /// <summary>Whether every number is one that may be stored: 0 to <see cref="MaxCount"/>.</summary>
    public bool IsStorable => AreStorable(Visits, Repeats, Bots, Prefetches, OptedOuts, Limited, Visitors);

    /// <summary>How many requests came to <paramref name="outcome"/>.</summary>
    public long this[Outcome outcome] => outcome switch
    {
        Outcome.Visit => Visits,
        Outcome.Repeat => Repeats,
        Outcome.Bot => Bots,
        Outcome.Prefetch => Prefetches,
        Outcome.OptedOut => OptedOuts,
        Outcome.Limited => Limited,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    /// <summary>The tally of a single request.</summary>
    /// <param name="outcome">What the request came to.</param>
    /// <param name="newVisitor">Whether it was the day's first visit of its visitor.</param>
    public static Tally Of(Outcome outcome, bool newVisitor = false) => outcome switch
    {
        Outcome.Visit => new Tally(Visits: 1, Visitors: newVisitor ? 1 : 0),
        Outcome.Repeat => new Tally(Repeats: 1),
        Outcome.Bot => new Tally(Bots: 1),
        Outcome.Prefetch => new Tally(Prefetches: 1),
        Outcome.OptedOut => new Tally(OptedOuts: 1),
        Outcome.Limited => new Tally(Limited: 1),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    public static Tally Add(Tally left, Tally right) => left + right;

    public static Tally Subtract(Tally left, Tally right) => left - right;

    /// <summary>Of each number the larger one.</summary>
    public static Tally Max(Tally left, Tally right) => new(
        Math.Max(left.Visits, right.Visits),
        Math.Max(left.Repeats, right.Repeats),
        Math.Max(left.Bots, right.Bots),
        Math.Max(left.Prefetches, right.Prefetches),
        Math.Max(left.OptedOuts, right.OptedOuts),
        Math.Max(left.Limited, right.Limited),
        Math.Max(left.Visitors, right.Visitors));

    public static Tally operator +(Tally left, Tally right) => checked(new(
        left.Visits + right.Visits,
        left.Repeats + right.Repeats,
        left.Bots + right.Bots,
        left.Prefetches + right.Prefetches,
        left.OptedOuts + right.OptedOuts,
        left.Limited + right.Limited,
        left.Visitors + right.Visitors));

    public static Tally operator -(Tally left, Tally right) => checked(new(
        left.Visits - right.Visits,
        left.Repeats - right.Repeats,
        left.Bots - right.Bots,
        left.Prefetches - right.Prefetches,
        left.OptedOuts - right.OptedOuts,
        left.Limited - right.Limited,
        left.Visitors - right.Visitors));

    private static bool AreStorable(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            if (number is < 0 or > MaxCount)
            {
                return false;
            }
        }

        return true;
    }
}
