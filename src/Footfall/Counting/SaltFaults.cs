using System.Globalization;

namespace Footfall.Counting;

/// <summary>What may be wrong with a salt, in words that let the owner find the clock that is wrong.</summary>
public static class SaltFaults
{
    /// <summary>A salt that is asked for when it should be gone: a clock was put forward, or two clocks differ.</summary>
    /// <param name="now">The time by the clock of the store that was asked; told to the minute, so that a log can tell
    /// that it is the same fault again.</param>
    public static StoreUnavailableException Expired(DateOnly day, DateTimeOffset now) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The salt of {day:O} had to be deleted by {Retention.Expiry(day):u}, and by this machine's clock that has "
        + $"passed: it shows {now.UtcDateTime:yyyy-MM-dd HH:mm}. Set the clocks of all machines that count here to the right time."));

    /// <summary>A stored salt that is none.</summary>
    /// <param name="found">What it has, such as "has 3".</param>
    public static StoreUnavailableException Damaged(DateOnly day, string found) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The stored salt of {day:O} {found} of {Salt.Size} bytes. Delete it: another is made, and who comes again that day is counted again."));
}
