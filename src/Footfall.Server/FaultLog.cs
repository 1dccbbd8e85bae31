using System.Globalization;
using Footfall.Counting;

namespace Footfall.Server;

/// <summary>
/// Writes down what went wrong in the server: the kind of the error and where in the code, not its message, which
/// may quote the request. No address and no user agent gets here.
/// </summary>
public sealed class FaultLog(TextWriter output, TimeProvider clock) : ILoggerFactory
{
    private static readonly TimeSpan StoreFaultInterval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private (string Message, DateTimeOffset At) lastStoreFault;

    /// <summary>An exception that no part of the contract foresees.</summary>
    public void Write(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            WriteLine($"unexpected {e.GetType()}{Environment.NewLine}{e.StackTrace}");
        }
    }

    /// <summary>
    /// A request that the store could not answer. Its message is about the store alone; while it stays the same it is
    /// written once a minute, however many requests meet it.
    /// </summary>
    public void Write(StoreUnavailableException fault)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (fault.Message == lastStoreFault.Message && now - lastStoreFault.At < StoreFaultInterval)
            {
                return;
            }

            lastStoreFault = (fault.Message, now);
        }

        WriteLine(fault.Message);
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => new ServerLogger(this, categoryName);

    void ILoggerFactory.AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("There is one log, and it writes no messages.");

    public void Dispose()
    {
        // The output is the caller's.
    }

    private void WriteLine(string text)
    {
        var now = clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture);
        lock (gate)
        {
            output.WriteLine($"{now} {text}");
        }
    }

    /// <summary>The web server's own warnings, such as connections that cannot be accepted, by their event's name.</summary>
    private sealed class ServerLogger(FaultLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            // A client that sends nonsense, or goes away in the middle of it, is no fault of the server's.
            if (IsEnabled(logLevel) && exception is not (IOException or BadHttpRequestException))
            {
                log.WriteLine($"{category} {eventId.Name} {exception?.GetType()}");
            }
        }
    }
}
