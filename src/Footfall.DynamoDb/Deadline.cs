namespace Footfall.DynamoDb;

/// <summary>When a call's time budget ends.</summary>
internal readonly struct Deadline(TimeSpan budget, TimeProvider timer)
{
    private readonly long start = timer.GetTimestamp();

    /// <summary>What is left of the budget; zero when it is spent.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = budget - timer.GetElapsedTime(start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
