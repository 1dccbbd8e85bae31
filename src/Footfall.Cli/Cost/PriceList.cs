using System.Collections.Frozen;

namespace Footfall.Cli.Cost;

/// <summary>
/// What AWS asks for in one region, in US dollars, without tax; and what it gives every account for nothing each month,
/// for as long as the account is open. Credits of a new account come on top.
/// </summary>
/// <param name="HttpApiMillion">A million requests to an HTTP API, of the first 300 million.</param>
/// <param name="HttpApiMillionBeyond">
/// A million requests beyond 300 million; null where no public source confirms it: the first tier's then stands for it,
/// which is not less than AWS asks.
/// </param>
/// <param name="WriteMillion">A million write request units of DynamoDB, on demand.</param>
/// <param name="ReadMillion">A million read request units.</param>
/// <param name="LogGigabyte">A gigabyte taken in by CloudWatch Logs.</param>
/// <param name="EdgeMillion">A million HTTPS requests to CloudFront, from Europe or North America.</param>
internal sealed record PriceList(
    string Region,
    decimal HttpApiMillion,
    decimal? HttpApiMillionBeyond,
    decimal WriteMillion,
    decimal ReadMillion,
    decimal LogGigabyte,
    decimal EdgeMillion)
{
    /// <summary>
    /// The day of the newest public source by which these were checked: docs/cost.md has all of them, and what could
    /// not be confirmed.
    /// </summary>
    public static readonly DateOnly Date = new(2026, 10, 4);

    public const string DefaultRegion = "us-east-1";

    public const long HttpApiFirstTier = 300_000_000;

    // Lambda, CloudFront's transfer and its functions cost the same in all regions of the list.
    public const decimal FunctionMillion = 0.20m;
    public const decimal FunctionGigabyteSecond = 0.0000166667m;
    public const decimal EdgeGigabyte = 0.085m;
    public const decimal EdgeScriptMillion = 0.10m;

    // A month.
    public const decimal Metric = 0.30m;
    public const decimal Alarm = 0.10m;
    public const decimal Dashboard = 3.00m;
    public const decimal HostedZone = 0.50m;

    public const long FreeFunctionRequests = 1_000_000;
    public const decimal FreeFunctionGigabyteSeconds = 400_000;
    public const long FreeEdgeRequests = 10_000_000;
    public const decimal FreeEdgeGigabytes = 1_024;
    public const long FreeEdgeScripts = 2_000_000;
    public const decimal FreeLogGigabytes = 5;
    public const int FreeMetrics = 10;
    public const int FreeAlarms = 10;
    public const int FreeDashboards = 3;

    private static readonly FrozenDictionary<string, PriceList> ByRegion = new PriceList[]
    {
        new("us-east-1", 1.00m, 0.90m, 0.625m, 0.125m, 0.50m, 1.00m),
        new("us-east-2", 1.00m, null, 0.625m, 0.125m, 0.50m, 1.00m),
        new("us-west-2", 1.00m, null, 0.625m, 0.125m, 0.50m, 1.00m),
        new("eu-west-1", 1.11m, 1.00m, 0.705m, 0.1415m, 0.57m, 1.20m),
        new("eu-central-1", 1.20m, null, 0.7625m, 0.1525m, 0.63m, 1.20m),
    }.ToFrozenDictionary(prices => prices.Region, StringComparer.Ordinal);

    public static IEnumerable<string> Regions => ByRegion.Keys.Order(StringComparer.Ordinal);

    public static PriceList? Find(string region) => ByRegion.GetValueOrDefault(region);
}
