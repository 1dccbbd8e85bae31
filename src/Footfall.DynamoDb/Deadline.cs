using System.Diagnostics;

namespace Footfall.DynamoDb;

/// <summary>When a call's time budget ends.</summary>
internal readonly struct Deadline(TimeSpan budget)
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>What is left of the budget; zero when it is spent.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = budget - Stopwatch.GetElapsedTime(start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
