using Footfall.Counting;

namespace Footfall.Server;

/// <summary>
/// Writes down what went wrong in the server: the kind of the error and where in the code, not its message, which
/// may quote the request. No address and no user agent gets here.
/// </summary>
internal sealed class FaultLog(ThrottledLog log) : ILoggerFactory
{
    /// <summary>An exception that no part of the contract foresees.</summary>
    public void Write(Exception exception)
    {
        var lines = new List<string>();
        for (var e = exception; e is not null; e = e.InnerException)
        {
            lines.Add($"unexpected {e.GetType()}{Environment.NewLine}{e.StackTrace}");
        }

        log.Write(lines[0], string.Join(Environment.NewLine, lines));
    }

    /// <summary>A request that the store could not answer. Its message is about the store alone.</summary>
    public void Write(StoreUnavailableException fault) => log.Write(fault.Message, fault.Message);

    ILogger ILoggerFactory.CreateLogger(string categoryName) => new ServerLogger(log, categoryName);

    void ILoggerFactory.AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("There is one log, and it writes no messages.");

    public void Dispose()
    {
        // The log is the caller's.
    }

    /// <summary>The web server's own warnings, such as connections that cannot be accepted, by their event's name.</summary>
    private sealed class ServerLogger(ThrottledLog log, string category) : ILogger
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
                var line = $"{category} {eventId.Name} {exception?.GetType()}";
                log.Write(line, line);
            }
        }
    }
}
