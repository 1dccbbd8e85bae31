using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Server;

namespace Footfall.Cli.Reporting;

/// <summary>
/// Looks each minute whether there is something to tell, and tells it once. It only reads the counts, beside the
/// requests: no visit waits for it, and nothing that it meets ends the server.
/// </summary>
/// <param name="readCounters">Gives the keys of the counters that are reported on.</param>
internal sealed class Reporter(
    IVisitStore store,
    ILinkStore links,
    IReportMarks marks,
    Func<CancellationToken, Task<IReadOnlyList<string>>> readCounters,
    PatientSender sender,
    ThrottledLog log,
    TimeProvider clock)
{
    private const string Openings = "openings";
    private const string FirstVisit = "first visit";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A request of the last second of a day may be written down a little later.
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(2);

    private readonly ToldOnce told = new(marks, clock);
    private readonly Dictionary<ReportSpan, ReportPeriod> lastTold = [];
    private readonly HashSet<string> openedLinks = new(StringComparer.Ordinal);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Ends when the token is cancelled, without an error.</summary>
    public Task RunAsync(IEnumerable<ReportTime> times, CancellationToken stop) =>
        Task.WhenAll(times.Select(time => LookEachMinuteAsync(time, stop)));

    /// <summary>Tells what is due and was not told.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public Task LookAsync(ReportTime time, CancellationToken stop)
    {
        var day = DateOnly.FromDateTime((clock.GetUtcNow() - AfterMidnight).UtcDateTime);
        return time switch
        {
            ReportTime.Daily => ReportAsync(ReportPeriod.LastEnded(ReportSpan.Day, day), stop),
            ReportTime.Weekly => ReportAsync(ReportPeriod.LastEnded(ReportSpan.Week, day), stop),
            _ => TellOpeningsAsync(stop),
        };
    }

    private async Task LookEachMinuteAsync(ReportTime time, CancellationToken stop)
    {
        using var minute = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await LookOrLogAsync(time, stop);
            }
            while (await minute.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server is stopped. What was under way is told at its next start, as what may be a repetition.
        }
    }

    private async Task LookOrLogAsync(ReportTime time, CancellationToken stop)
    {
        try
        {
            await LookAsync(time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is, visits are counted, and in a minute it is tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.Write("report", $"no report could be made: {e.Message.ReplaceLineEndings(" ")} ({e.GetType().Name})");
        }
    }

    // A period without a visit is not told of.
    private async Task ReportAsync(ReportPeriod period, CancellationToken stop)
    {
        if (lastTold.GetValueOrDefault(period.Span) == period)
        {
            return;
        }

        var report = await Report.ReadAsync(store, links, await readCounters(stop), period, stop);
        if (report.HasVisits)
        {
            var message = new Outgoing(
                $"the report {period}", ReportNotice.Of(report), json => ReportJson.WriteShort(json, report));
            var send = (bool mayBeRepetition, CancellationToken end) => sender.SendAsync(message, mayBeRepetition, end);
            if (!await told.TellAsync(period.MarkKind, period.MarkName, send, stop))
            {
                return;
            }
        }

        lastTold[period.Span] = period;
    }

    private async Task TellOpeningsAsync(CancellationToken stop)
    {
        var isNews = await marks.FindMarkAsync(Openings, stop) is not null;
        foreach (var link in await links.ReadLinksAsync(stop))
        {
            if (!openedLinks.Contains(link.Key) && (await store.ReadTotalAsync(link.Counter, stop)).Visits > 0)
            {
                if (!isNews)
                {
                    await told.SkipAsync(KindOf(link), FirstVisit, stop);
                }
                else if (!await TellOpeningAsync(link, stop))
                {
                    continue;
                }

                openedLinks.Add(link.Key);
            }
        }

        if (!isNews)
        {
            // What was opened before the owner asked to be told is no news.
            await marks.ReplaceMarkAsync(Openings, found: null, "told", stop);
        }
    }

    private async Task<bool> TellOpeningAsync(Link link, CancellationToken stop)
    {
        var (days, _) = await store.ReadDailyAsync(link.Counter, DateOnly.MinValue, DateOnly.MaxValue, stop);
        var opening = new Opening(link, days.First(day => day.Tally.Visits > 0).Day);
        var message = new Outgoing("the first visit by a link", opening.ToNotice(Today), opening.Write);
        return await told.TellAsync(
            KindOf(link), FirstVisit, (mayBeRepetition, end) => sender.SendAsync(message, mayBeRepetition, end), stop);
    }

    private static string KindOf(Link link) => $"opening {link.Key}";
}
