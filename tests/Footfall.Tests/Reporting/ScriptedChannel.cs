using Footfall.Cli.Reporting;

namespace Footfall.Tests.Reporting;

/// <summary>A way to the owner that ends each attempt as the test says, in turn, and then takes all.</summary>
internal sealed class ScriptedChannel(params Attempt[] attempts) : IReportChannel
{
    private readonly Queue<Attempt> attempts = new(attempts);

    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Place => "https://hooks.example.com";

    /// <summary>The messages, each as often as it was tried.</summary>
    public List<Outgoing> Messages { get; } = [];

    /// <summary>Completes when a message has come.</summary>
    public Task FirstMessage => first.Task;

    public Task<Attempt> SendAsync(Outgoing message, CancellationToken cancellationToken)
    {
        Messages.Add(message);
        first.TrySetResult();
        return Task.FromResult(attempts.TryDequeue(out var attempt) ? attempt : Attempt.Taken);
    }

    public void Dispose()
    {
        // There is nothing behind it.
    }
}
