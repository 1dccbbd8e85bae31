using System.Text.Json;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Lambda.Reports;

/// <summary>
/// Reports to the owner when a schedule invokes the function with <c>{"footfall":"report","period":"week"}</c>
/// (infra/report.tf). No caller of the HTTP API can make that event: what they send is inside of another.
/// </summary>
/// <param name="readCounters">Gives the keys of the counters that are reported on.</param>
/// <param name="publish">Sends a subject and a text to the owner; throws when that has failed.</param>
public sealed class ScheduledReports(
    IVisitStore store,
    ILinkStore links,
    IReportMarks marks,
    Func<CancellationToken, Task<IReadOnlyList<string>>> readCounters,
    Func<string, string, CancellationToken, Task> publish,
    TimeProvider clock)
{
    /// <summary>The period that an event asks a report of; null when it is another event.</summary>
    public static ReportSpan? Find(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.GetPropertyCount() == 2
                && root.TryGetProperty("footfall"u8, out var kind)
                && kind.ValueEquals("report"u8)
                && root.TryGetProperty("period"u8, out var period)
                    ? SpanOf(period)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Tells of the last day, week or month that has ended, unless it was told.</summary>
    /// <returns>Whether there was a visit to tell of.</returns>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<bool> TellAsync(ReportSpan span, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var period = ReportPeriod.LastEnded(span, today);
        var report = await Report.ReadAsync(store, links, await readCounters(cancellationToken), period, cancellationToken);
        if (report.HasVisits)
        {
            // Whom somebody else has forestalled has nothing to do: if they fail, their own event is delivered again.
            _ = await new ToldOnce(marks, clock).TellAsync(
                period.MarkKind,
                period.MarkName,
                (mayBeRepetition, end) => PublishAsync(ReportNotice.Of(report), mayBeRepetition, end),
                cancellationToken);
        }

        return report.HasVisits;
    }

    private async Task<Delivery> PublishAsync(Notice notice, bool mayBeRepetition, CancellationToken cancellationToken)
    {
        var told = mayBeRepetition ? notice.AsRepetition() : notice;
        await publish($"Footfall: {told.Title}", NoticeText.WriteShort(told, SnsTopic.MaxMessage), cancellationToken);
        return Delivery.Taken;
    }

    private static ReportSpan? SpanOf(JsonElement period) =>
        period.ValueEquals("day"u8) ? ReportSpan.Day
        : period.ValueEquals("week"u8) ? ReportSpan.Week
        : period.ValueEquals("month"u8) ? ReportSpan.Month
        : null;
}
