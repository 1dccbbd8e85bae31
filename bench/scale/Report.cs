using System.Globalization;

namespace Footfall.ScaleBench;

/// <summary>The tables for docs/benchmarks.md.</summary>
internal static class Report
{
    public const string Head =
        "| shards | visits/s | unavailable | attempts a visit | conflicts | throttled | p50 | p99 | write units a visit | read units a visit | instances |\n"
        + "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

    public static string Row(Result run) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {run.Shards} | {run.Rate:N0} | {run.Unavailable:P1} | {run.Attempts:F1} | {run.Conflicts:P0} | {run.Throttled:P0} | {run.P50.TotalMilliseconds:F0} ms | {run.P99.TotalMilliseconds:F0} ms | {run.WriteUnits:F1} | {run.ReadUnits:F1} | {run.Instances:N0} |");
}
