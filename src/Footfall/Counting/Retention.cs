namespace Footfall.Counting;

/// <summary>How long what could recognise a visitor is kept.</summary>
public static class Retention
{
    /// <summary>
    /// When the salt of <paramref name="day"/>, and every claim made under it, is gone: at the end of the next day,
    /// UTC, so at most 48 hours after the salt was made.
    /// </summary>
    public static DateTimeOffset Expiry(DateOnly day) =>
        new(day.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
