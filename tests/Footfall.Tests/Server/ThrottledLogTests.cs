using Footfall.Server;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Server;

public sealed class ThrottledLogTests
{
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter output = new();

    [Fact]
    public void The_first_of_a_kind_is_written_at_once_and_a_flood_is_summed_up_once_a_minute()
    {
        using var log = new ThrottledLog(output, clock);
        for (var line = 0; line < 5_000; line++)
        {
            log.Write("refused", $"refused {line}");
        }

        Assert.Equal(["2026-11-22 12:00:00Z refused 0"], Lines());

        Wait(minutes: 1);
        Assert.Equal("2026-11-22 12:01:00Z refused 4999 (4999 since the last such line)", Lines()[^1]);

        log.Write("refused", "refused again");
        Assert.Equal(2, Lines().Length);
        Wait(minutes: 1);
        Assert.Equal("2026-11-22 12:02:00Z refused again (1 since the last such line)", Lines()[^1]);
    }

    [Fact]
    public void After_a_quiet_minute_the_next_one_is_written_at_once_again()
    {
        using var log = new ThrottledLog(output, clock);
        log.Write("refused", "one");
        Wait(minutes: 1);
        log.Write("refused", "two");

        Assert.Equal(["2026-11-22 12:00:00Z one", "2026-11-22 12:01:00Z two"], Lines());
    }

    [Fact]
    public void One_kind_does_not_hold_back_another()
    {
        using var log = new ThrottledLog(output, clock);
        log.Write("refused", "refused");
        log.Write("store", "no answer");

        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void What_was_held_back_is_said_at_the_end()
    {
        using (var log = new ThrottledLog(output, clock))
        {
            log.Write("refused", "one");
            log.Write("refused", "two");
        }

        Wait(minutes: 5);
        Assert.Equal(
            ["2026-11-22 12:00:00Z one", "2026-11-22 12:00:00Z two (1 since the last such line)"], Lines());
    }

    private void Wait(int minutes) => clock.Set(clock.GetUtcNow().AddMinutes(minutes));

    private string[] Lines() => output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
