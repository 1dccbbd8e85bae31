using System.Globalization;
using Footfall.Reporting;

namespace Footfall.Api;

/// <content>What is the owner's alone.</content>
public sealed partial class VisitsApi
{
    private const int MaxReportDays = 36_600;

    private async Task<ApiResponse> ReportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RequireOwner(request);
        var query = new QueryParameters(request.Query);
        var named = query["counter"] ?? CounterKeys.Default;
        var counter = Link.IsCounter(named) ? named : RequireCounter(named);
        var to = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = ParseSpan(query["days"]) is { } days ? DateOnly.FromDayNumber(to.DayNumber - days + 1) : DateOnly.MinValue;
        var tallies = await store.ReadDailyAsync(counter, from, to, cancellationToken);
        var report = new OwnerReport(
            counter,
            await counters.ReadAllAsync(store, cancellationToken),
            from == DateOnly.MinValue ? tallies.Days.Select(day => day.Day).FirstOrDefault(to) : from,
            to,
            tallies,
            await LinkReport.ReadAllAsync(owner.Links, store, cancellationToken));
        return new ApiResponse(200, JsonHeaders, Json.Write(report, static (json, state) => state.Write(json)));
    }

    private void RequireOwner(ApiRequest request)
    {
        if (owner.Key is null)
        {
            throw new ProblemException(Problem.NoOwnerKey());
        }

        if (!IsOwner(request))
        {
            throw new ProblemException(Problem.WrongOwnerKey());
        }
    }

    /// <summary>Whether the request carries the owner's key.</summary>
    /// <exception cref="ProblemException">It carries a wrong one, and so did too many from its address.</exception>
    private bool IsOwner(ApiRequest request)
    {
        if (owner.Key is null || request.Header("Authorization") is not { } authorization)
        {
            return false;
        }

        if (owner.Key.Opens(authorization))
        {
            return true;
        }

        return owner.WrongKeys is null || owner.WrongKeys.TryAcquire(request.ClientAddress, out var retryAfterSeconds)
            ? false
            : throw new ProblemException(Problem.TooManyRequests(retryAfterSeconds));
    }

    private static int? ParseSpan(string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MaxReportDays ? days
        : throw new ProblemException(Problem.Malformed(string.Create(
            CultureInfo.InvariantCulture, $"\"days\" is a number from 1 to {MaxReportDays}, or left out for all.")));
}
