namespace Footfall.Cli.Cost;

/// <summary>How many requests a second API Gateway lets through to one route: <c>infra/variables.tf</c>.</summary>
/// <param name="Rate">To a route that reads.</param>
/// <param name="CountingRate">To a route that counts.</param>
internal sealed record ApiLimits(int Rate, int CountingRate)
{
    /// <summary>POST /, POST /api/visits, GET /api/hit.svg.</summary>
    public const int CountingRoutes = 3;

    /// <summary>The rest, HEAD and OPTIONS included: <c>infra/api.tf</c>.</summary>
    public const int OtherRoutes = 24;

    public const int SecondsPerMonth = 30 * 24 * 60 * 60;

    public static ApiLimits Default { get; } = new(Rate: 20, CountingRate: 10);
}
