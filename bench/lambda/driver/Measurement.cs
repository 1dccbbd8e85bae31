namespace Footfall.LambdaBench;

/// <summary>One instance of a contender, from its start to its last invocation.</summary>
/// <param name="Cold">From the start of the process to its first answer.</param>
/// <param name="ColdCpu">Processor time until then, user and system.</param>
/// <param name="CpuPerCall">Processor time of a warm invocation.</param>
/// <param name="P50">Of a warm request, from the HTTP API's client and back.</param>
/// <param name="PeakKiB">The largest resident set.</param>
internal sealed record Measurement(
    TimeSpan Cold, TimeSpan ColdCpu, TimeSpan CpuPerCall, TimeSpan P50, TimeSpan P99, long PeakKiB)
{
    public static Measurement MedianOf(IReadOnlyCollection<Measurement> runs) => new(
        Median(runs, run => run.Cold),
        Median(runs, run => run.ColdCpu),
        Median(runs, run => run.CpuPerCall),
        Median(runs, run => run.P50),
        Median(runs, run => run.P99),
        Median(runs, run => run.PeakKiB));

    private static T Median<T>(IReadOnlyCollection<Measurement> runs, Func<Measurement, T> value) =>
        runs.Select(value).Order().ElementAt(runs.Count / 2);
}
