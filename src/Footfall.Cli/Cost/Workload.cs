namespace Footfall.Cli.Cost;

/// <summary>What a month asks of AWS. docs/cost.md says where each figure comes from.</summary>
internal sealed record Workload
{
    /// <summary>For each counted visit: one in four is followed by another that is a repeat or a bot.</summary>
    private const decimal RequestsPerVisit = 1.25m;

    /// <summary>Of the page's files: the page, its style, its script and its icon.</summary>
    private const int FilesPerVisit = 4;

    private const decimal PageGigabytes = 12m / 1024 / 1024;

    private const decimal BytesPerGigabyte = 1024m * 1024 * 1024;

    public decimal ApiRequests { get; init; }

    public decimal WriteUnits { get; init; }

    public decimal ReadUnits { get; init; }

    public decimal FunctionGigabyteSeconds { get; init; }

    public decimal LogGigabytes { get; init; }

    public decimal EdgeRequests { get; init; }

    /// <summary>Runs of a function of CloudFront's own: <c>infra/refusal.js</c>, for each answer of the API.</summary>
    public decimal EdgeScripts { get; init; }

    public decimal EdgeGigabytes { get; init; }

    public int Metrics { get; init; }

    public int Alarms { get; init; }

    public int Dashboards { get; init; }

    /// <summary>Footfall's own: a visit is one transaction of four items, eight write units; each request one read at most.</summary>
    public static Workload Footfall(decimal visits) => Footfall(
        requests: visits * RequestsPerVisit,
        // At the most: a repeat whom another instance counted is refused at first, and then adds to two tallies.
        writeUnits: (visits * 8) + (visits * (RequestsPerVisit - 1) * 12),
        pages: visits);

    /// <summary>
    /// The original design's: the same services, without logs that are charted, in Python with 128 MB; for each page
    /// that is loaded it reads a number and writes it back.
    /// </summary>
    public static Workload Original(decimal visits)
    {
        var requests = visits * RequestsPerVisit;
        return new Workload
        {
            ApiRequests = requests,
            WriteUnits = requests,
            ReadUnits = requests / 2,
            FunctionGigabyteSeconds = requests * 0.125m * 0.040m,
            LogGigabytes = requests * 450 / BytesPerGigabyte,
            EdgeRequests = visits * FilesPerVisit,
            EdgeGigabytes = visits * PageGigabytes,
        };
    }

    /// <summary>What the API's throttles let through when somebody never pauses, of the dearest kind.</summary>
    public static Workload Abuse(ApiLimits limits)
    {
        var counting = (decimal)limits.CountingRate * ApiLimits.CountingRoutes * ApiLimits.SecondsPerMonth;
        var reading = (decimal)limits.Rate * ApiLimits.OtherRoutes * ApiLimits.SecondsPerMonth;

        // Of one of the counting routes each request may name a link that there is: it is looked for and counted, too.
        var byLink = (decimal)limits.CountingRate * ApiLimits.SecondsPerMonth;
        var all = Footfall(counting + reading, writeUnits: (counting + byLink) * 16, pages: 0);
        return all with { ReadUnits = all.ReadUnits + (byLink * 2) };
    }

    private static Workload Footfall(decimal requests, decimal writeUnits, decimal pages) => new()
    {
        ApiRequests = requests,
        WriteUnits = writeUnits,
        ReadUnits = requests,
        FunctionGigabyteSeconds = requests * 0.25m * 0.015m,
        LogGigabytes = requests * 900 / BytesPerGigabyte,
        EdgeRequests = requests + (pages * FilesPerVisit),
        EdgeScripts = requests,
        EdgeGigabytes = (pages * PageGigabytes) + (requests * 600 / BytesPerGigabyte),
        Metrics = 9,
        Alarms = 7,
        Dashboards = 1,
    };
}
