namespace Footfall.Counting;

/// <summary>The outcomes as they are written in answers, exports and tables.</summary>
public static class OutcomeNames
{
    /// <summary>Every outcome, in the order of their declaration.</summary>
    public static IReadOnlyList<Outcome> All { get; } = Enum.GetValues<Outcome>();

    public static string Name(this Outcome outcome) => outcome switch
    {
        Outcome.Visit => "visit",
        Outcome.Repeat => "repeat",
        Outcome.Bot => "bot",
        Outcome.Prefetch => "prefetch",
        Outcome.OptedOut => "opted-out",
        Outcome.Limited => "limited",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };
}
