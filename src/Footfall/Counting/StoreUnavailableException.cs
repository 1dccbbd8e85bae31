namespace Footfall.Counting;

/// <summary>
/// The store could not do what was asked, now: a full disk, a locked file, throttling, a time-out. Nothing may be
/// concluded about the count; the same call may succeed later.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
