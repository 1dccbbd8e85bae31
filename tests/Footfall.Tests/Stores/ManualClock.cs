namespace Footfall.Tests.Stores;

/// <summary>A clock that stands still until a test sets it; its timers then fire on the test's own thread.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start;
    private long timestamp;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return timestamp;
        }
    }

    /// <summary>Lets time pass until a moment; to an earlier one the clock is put back, and no time passes.</summary>
    public void Set(DateTimeOffset moment)
    {
        lock (gate)
        {
            timestamp += Math.Max(0, (moment - now).Ticks);
        }

        Leap(moment);
    }

    /// <summary>Puts the clock to a moment without any time passing.</summary>
    public void Leap(DateTimeOffset moment)
    {
        ManualTimer[] due;
        lock (gate)
        {
            now = moment;
            due = [.. timers.Where(timer => timer.TakeIfDue(timestamp))];
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (gate)
        {
            timers.Add(timer);
        }

        return timer;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long? due;
        private TimeSpan interval = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.timestamp + dueTime.Ticks;
                interval = period;
            }

            return true;
        }

        public bool TakeIfDue(long moment)
        {
            if (due is null || due > moment)
            {
                return false;
            }

            due = interval == Timeout.InfiniteTimeSpan ? null : moment + interval.Ticks;
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
