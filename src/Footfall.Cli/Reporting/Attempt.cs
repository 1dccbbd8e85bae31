namespace Footfall.Cli.Reporting;

/// <summary>How an attempt to deliver a message ended.</summary>
/// <param name="End">What is known of it.</param>
/// <param name="Words">What went wrong and, where it is for the owner to mend, how; goes on behind the receiver's name.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone; null where it has not said.</param>
internal sealed record Attempt(AttemptEnd End, string Words = "", TimeSpan? RetryAfter = null)
{
    public static Attempt Taken { get; } = new(AttemptEnd.Taken);
}

internal enum AttemptEnd
{
    /// <summary>The receiver has it.</summary>
    Taken,

    /// <summary>The receiver has it not, and would refuse it again.</summary>
    Refused,

    /// <summary>The receiver has it not, and may take it later.</summary>
    NotTaken,

    /// <summary>The receiver may have it.</summary>
    Unknown,
}
