namespace Footfall.Counting;

/// <summary>A visitor who asks to be counted; the store decides atomically between visit, repeat and limited.</summary>
public sealed record VisitorClaim
{
    public required string Counter { get; init; }

    /// <summary>When the request arrived, UTC. Its date is the day that it is tallied under.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The visitor under today's salt.</summary>
    public required Pseudonym Visitor { get; init; }

    /// <summary>
    /// The visitor under yesterday's salt: given while <see cref="WindowStart"/> is still yesterday, so that the window
    /// holds over midnight, in whatever order its requests arrive.
    /// </summary>
    public Pseudonym? VisitorYesterday { get; init; }

    /// <summary>The visitor's address under today's salt.</summary>
    public required Pseudonym Address { get; init; }

    /// <summary>The address's network under today's salt; null where it has none, as an IPv4 address.</summary>
    public Pseudonym? Network { get; init; }

    /// <summary>Where the visitor came from: tallied with the day's visits, when the claim is one.</summary>
    public Source Source { get; init; }

    public required VisitRules Rules { get; init; }

    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>A visitor last counted after this moment is a repeat; at it or before, a visit.</summary>
    public DateTimeOffset WindowStart => At - Rules.VisitWindow;
}
