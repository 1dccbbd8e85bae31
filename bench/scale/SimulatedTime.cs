namespace Footfall.ScaleBench;

/// <summary>Time that passes only from one event to the next, all of them on the caller's thread.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    // Events of one moment are carried out in the order in which they were planned.
    private readonly PriorityQueue<Action, (long Ticks, long Number)> events = new();
    private long now;
    private long planned;

    public TimeSpan Elapsed => TimeSpan.FromTicks(now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(now);

    public void Plan(TimeSpan delay, Action action) => events.Enqueue(action, (now + delay.Ticks, planned++));

    /// <summary>Completes after the delay.</summary>
    public Task Pass(TimeSpan delay)
    {
        // Continuations run in the event itself: there is no other thread.
        var passed = new TaskCompletionSource();
        Plan(delay, passed.SetResult);
        return passed.Task;
    }

    /// <summary>Carries out all events, those that they plan included.</summary>
    public void Run()
    {
        while (events.TryDequeue(out var action, out var moment))
        {
            now = moment.Ticks;
            action();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, () => callback(state), dueTime);

    private sealed class Timer : ITimer
    {
        private readonly SimulatedTime time;
        private readonly Action callback;
        private int generation;

        public Timer(SimulatedTime time, Action callback, TimeSpan dueTime)
        {
            this.time = time;
            this.callback = callback;
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var current = ++generation;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.Plan(dueTime, () =>
                {
                    if (current == generation)
                    {
                        callback();
                    }
                });
            }

            return true;
        }

        public void Dispose() => generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
