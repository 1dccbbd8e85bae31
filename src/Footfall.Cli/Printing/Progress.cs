using System.Globalization;

namespace Footfall.Cli.Printing;

/// <summary>
/// Says every two seconds how far something is, to a person at a terminal: what is done sooner is done silently, and in a
/// pipe, a file or a log nobody waits for it. Disposed, it says nothing more.
/// </summary>
internal sealed class Progress : IProgress<int>, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ITimer? timer;
    private readonly string doing;
    private readonly TimeProvider clock;
    private readonly long began;
    private readonly int? all;
    private int done;

    /// <param name="error">Where a person is told what is no result.</param>
    /// <param name="doing">As in "importing".</param>
    /// <param name="all">How many entries there are; null where that is not known.</param>
    public Progress(TextWriter error, string doing, TimeProvider clock, int? all = null)
    {
        this.doing = doing;
        this.clock = clock;
        this.all = all;
        began = clock.GetTimestamp();
        if (error is Printer { IsTerminal: true })
        {
            timer = clock.CreateTimer(_ => Say(error), state: null, Interval, Interval);
        }
    }

    /// <param name="value">How many entries are done.</param>
    public void Report(int value) => Volatile.Write(ref done, value);

    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Say(TextWriter error) => error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{doing}: {(all is null ? "" : $"{Volatile.Read(ref done)} of {all} entries, ")}{clock.GetElapsedTime(began).TotalSeconds:0} s"));
}
