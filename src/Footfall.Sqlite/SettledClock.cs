namespace Footfall.Sqlite;

/// <summary>
/// Tells whether a clock may be believed with what cannot be undone. One that is days ahead is mostly put right within
/// minutes of the machine's start, and must not have deleted until then what the real day still needs.
/// </summary>
/// <remarks>A machine that slept or was off has leapt, too. Used by one thread at a time.</remarks>
internal sealed class SettledClock(TimeProvider clock)
{
    /// <summary>How long a clock must have run evenly, since the process began or the clock leapt.</summary>
    public static readonly TimeSpan SettlingTime = TimeSpan.FromMinutes(2);

    // Far more than a timer is ever late, and less than brings the date of tomorrow but one.
    private static readonly TimeSpan Leap = TimeSpan.FromHours(1);

    private (DateTimeOffset Time, long Timestamp) last = (clock.GetUtcNow(), clock.GetTimestamp());
    private long leapt = clock.GetTimestamp();

    /// <summary>Looks at the clock.</summary>
    /// <returns>The time, if it has run evenly for long enough.</returns>
    public DateTimeOffset? Read()
    {
        var now = clock.GetUtcNow();
        var timestamp = clock.GetTimestamp();
        var expected = last.Time + clock.GetElapsedTime(last.Timestamp, timestamp);
        if ((now - expected).Duration() > Leap)
        {
            leapt = timestamp;
        }

        last = (now, timestamp);
        return clock.GetElapsedTime(leapt, timestamp) >= SettlingTime ? now : null;
    }
}
