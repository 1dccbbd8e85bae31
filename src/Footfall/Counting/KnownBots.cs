namespace Footfall.Counting;

/// <summary>Recognises automation by its user agent.</summary>
public static class KnownBots
{
    /// <summary>Whether the user agent is known automation, or empty.</summary>
    public static bool Matches(ReadOnlySpan<char> userAgent) => userAgent.IsWhiteSpace();
}
