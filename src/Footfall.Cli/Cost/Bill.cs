namespace Footfall.Cli.Cost;

/// <summary>One service's part of a month's bill, in US dollars.</summary>
/// <param name="Price">Without anything that is free.</param>
/// <param name="Charged">After what every account has for nothing.</param>
internal sealed record BillLine(string Service, string What, decimal Price, decimal Charged);

/// <summary>A month's bill.</summary>
internal sealed record Bill(IReadOnlyList<BillLine> Lines)
{
    private const decimal Million = 1_000_000;

    public decimal Price => Lines.Sum(line => line.Price);

    public decimal Charged => Lines.Sum(line => line.Charged);

    public static Bill Of(Workload month, PriceList prices) => new(
    [
        Line("API Gateway", "requests", ApiPrice(month.ApiRequests, prices)),
        Line("DynamoDB", "writes and reads",
            (month.WriteUnits / Million * prices.WriteMillion) + (month.ReadUnits / Million * prices.ReadMillion)),
        new(
            "Lambda",
            "requests and time",
            FunctionPrice(month.ApiRequests, month.FunctionGigabyteSeconds),
            FunctionPrice(
                Beyond(month.ApiRequests, PriceList.FreeFunctionRequests),
                Beyond(month.FunctionGigabyteSeconds, PriceList.FreeFunctionGigabyteSeconds))),
        new(
            "CloudFront",
            "requests and transfer",
            EdgePrice(month.EdgeRequests, month.EdgeScripts, month.EdgeGigabytes, prices),
            EdgePrice(
                Beyond(month.EdgeRequests, PriceList.FreeEdgeRequests),
                Beyond(month.EdgeScripts, PriceList.FreeEdgeScripts),
                Beyond(month.EdgeGigabytes, PriceList.FreeEdgeGigabytes),
                prices)),
        new(
            "CloudWatch",
            "logs, metrics, alarms",
            WatchPrice(month.LogGigabytes, month.Metrics, month.Alarms, month.Dashboards, prices),
            WatchPrice(
                Beyond(month.LogGigabytes, PriceList.FreeLogGigabytes),
                Beyond(month.Metrics, PriceList.FreeMetrics),
                Beyond(month.Alarms, PriceList.FreeAlarms),
                Beyond(month.Dashboards, PriceList.FreeDashboards),
                prices)),
    ]);

    private static BillLine Line(string service, string what, decimal price) => new(service, what, price, price);

    private static decimal Beyond(decimal amount, decimal free) => Math.Max(0, amount - free);

    private static decimal ApiPrice(decimal requests, PriceList prices) =>
        ((Math.Min(requests, PriceList.HttpApiFirstTier) * prices.HttpApiMillion)
            + (Beyond(requests, PriceList.HttpApiFirstTier) * (prices.HttpApiMillionBeyond ?? prices.HttpApiMillion)))
        / Million;

    private static decimal FunctionPrice(decimal requests, decimal gigabyteSeconds) =>
        (requests / Million * PriceList.FunctionMillion) + (gigabyteSeconds * PriceList.FunctionGigabyteSecond);

    private static decimal EdgePrice(decimal requests, decimal scripts, decimal gigabytes, PriceList prices) =>
        (requests / Million * prices.EdgeMillion) + (scripts / Million * PriceList.EdgeScriptMillion)
        + (gigabytes * PriceList.EdgeGigabyte);

    private static decimal WatchPrice(
        decimal gigabytes, decimal metrics, decimal alarms, decimal dashboards, PriceList prices) =>
        (gigabytes * prices.LogGigabyte) + (metrics * PriceList.Metric) + (alarms * PriceList.Alarm)
        + (dashboards * PriceList.Dashboard);
}
