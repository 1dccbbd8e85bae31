using System.Globalization;
using System.Text;

namespace Footfall.LambdaBench;

/// <summary>The table for docs/benchmarks.md.</summary>
internal static class Report
{
    public static string Table(IReadOnlyList<(Contender Contender, Measurement Measured)> results)
    {
        var table = new StringBuilder();
        table.AppendLine("| | cold start | CPU, cold | CPU per warm call | p50 | p99 | peak memory | package |");
        table.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (contender, run) in results)
        {
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {contender.Name} | {Ms(run.Cold, 1)} | {Ms(run.ColdCpu, 0)} | {Ms(run.CpuPerCall, 2)} | {Ms(run.P50, 2)} | {Ms(run.P99, 2)} | {run.PeakKiB / 1024.0:F1} MiB | {contender.PackageBytes / 1048576.0:F2} MiB |"));
        }

        return table.ToString();
    }

    private static string Ms(TimeSpan time, int digits) =>
        time.TotalMilliseconds.ToString($"F{digits}", CultureInfo.InvariantCulture) + " ms";
}
