using System.Runtime.InteropServices;

namespace Footfall.Cli.Commands;

/// <summary>Ctrl-C and SIGTERM: ask the command to end, and end the program when it has not done so in time.</summary>
internal sealed class StopSignals : IDisposable
{
    // 128 and the signal's number is what a shell says of a program that a signal ended.
    private const int Interrupted = 128 + 2;
    private const int Terminated = 128 + 15;

    private readonly CancellationTokenSource stop = new();
    private readonly Timer deadline;
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;

    /// <param name="patience">How long the command has to end.</param>
    public StopSignals(TimeSpan patience)
    {
        deadline = new Timer(_ => Environment.Exit(ExitCode));
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, Terminated));

        void End(PosixSignalContext signal, int exitCode)
        {
            signal.Cancel = true;
            ExitCode = exitCode;
            _ = deadline.Change(patience, Timeout.InfiniteTimeSpan);
            stop.Cancel();
        }
    }

    /// <summary>Cancelled at the first of the signals.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>What to exit with when the command did not get done; 0 before a signal came.</summary>
    public int ExitCode { get; private set; }

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        deadline.Dispose();
        stop.Dispose();
    }
}
