using System.Globalization;

namespace Footfall.Tests.Hosts;

/// <summary>For tests with the system's clock that name a day: one that begins just before midnight would end on another.</summary>
public static class DayThatLasts
{
    private static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(30);

    /// <summary>The day, UTC, that it is now and half a minute later: shortly before midnight waits for it.</summary>
    public static async Task<DateOnly> BeginAsync(CancellationToken cancellationToken)
    {
        var left = TimeSpan.FromDays(1) - TimeProvider.System.GetUtcNow().TimeOfDay;
        if (left < LongestTest)
        {
            await Task.Delay(left, cancellationToken);
        }

        return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    /// <summary>The Wednesday of the last whole week, as <c>2026-11-18</c>.</summary>
    public static async Task<string> WednesdayOfLastWeekAsync(CancellationToken cancellationToken)
    {
        var today = await BeginAsync(cancellationToken);
        var sinceMonday = ((int)today.DayOfWeek + 6) % 7;
        return today.AddDays(-sinceMonday - 5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
