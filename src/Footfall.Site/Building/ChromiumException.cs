namespace Footfall.Site;

/// <summary>A browser did not make what it was asked for. The message says which one, and why.</summary>
public sealed class ChromiumException : Exception
{
    public ChromiumException(string message)
        : base(message)
    {
    }

    public ChromiumException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
