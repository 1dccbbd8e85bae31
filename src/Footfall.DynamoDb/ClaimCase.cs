using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>What a store takes a visitor for until the transaction shows that it is so.</summary>
internal enum ClaimCase
{
    /// <summary>Not counted today, and the address is under its limit.</summary>
    Newcomer,

    /// <summary>Counted today, before the visit window.</summary>
    Returning,

    /// <summary>Counted inside the visit window.</summary>
    Repeating,

    /// <summary>Not counted today, and the address has reached its limit.</summary>
    OverLimit,
}

internal static class ClaimCases
{
    public static Outcome Outcome(this ClaimCase claimCase) => claimCase switch
    {
        ClaimCase.Newcomer or ClaimCase.Returning => Counting.Outcome.Visit,
        ClaimCase.Repeating => Counting.Outcome.Repeat,
        _ => Counting.Outcome.Limited,
    };

    /// <summary>What it adds to a tally.</summary>
    public static Tally Tally(this ClaimCase claimCase) =>
        Counting.Tally.Of(claimCase.Outcome(), newVisitor: claimCase == ClaimCase.Newcomer);
}
