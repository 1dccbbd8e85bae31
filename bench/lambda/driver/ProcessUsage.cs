using System.Globalization;

namespace Footfall.LambdaBench;

/// <summary>What Linux says a process has used (proc_pid_stat(5), proc_pid_status(5)).</summary>
internal static class ProcessUsage
{
    // sysconf(_SC_CLK_TCK) on every Linux that .NET supports.
    private const int TicksPerSecond = 100;

    /// <summary>User and system time, to a hundredth of a second.</summary>
    public static TimeSpan Cpu(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    public static long PeakKiB(int processId)
    {
        const string Name = "VmHWM:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
