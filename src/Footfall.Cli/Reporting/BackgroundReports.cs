using Footfall.Api;
using Footfall.Cli.Commands;
using Footfall.Server;

namespace Footfall.Cli.Reporting;

/// <summary>Reports to the owner, beside the server and until it is disposed.</summary>
internal sealed class BackgroundReports : IAsyncDisposable
{
    private readonly IReportChannel channel;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private BackgroundReports(IReportChannel channel, Reporter reporter, IReadOnlyList<ReportTime> times)
    {
        this.channel = channel;
        // Nobody who starts a server waits for a report.
        running = Task.Run(() => reporter.RunAsync(times, stop.Token));
    }

    /// <param name="dice">Spreads the attempts.</param>
    /// <exception cref="CommandException">The password's file cannot be read.</exception>
    public static BackgroundReports Start(
        ReportSettings settings, OpenedStore store, CounterKeys counters, TimeProvider clock, Random dice, ThrottledLog log)
    {
        var way = ReportChannels.Open(settings, clock);
        var reporter = new Reporter(
            store.Store,
            store.Links,
            store.Marks,
            stop => counters.ReadAllAsync(store.Store, stop),
            new PatientSender(way, log, clock, dice),
            log,
            clock);
        return new BackgroundReports(way, reporter, settings.Times);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        channel.Dispose();
        stop.Dispose();
    }
}
