namespace Footfall.LambdaHost;

/// <summary>One event on its way through an instance.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<InvocationResult> completed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload => payload;

    /// <summary>When the instance is ended if it has not answered; known once it has taken the event.</summary>
    public DateTimeOffset Deadline { get; private set; }

    public Task Taken => taken.Task;

    public Task<InvocationResult> Completed => completed.Task;

    public void Take(TimeSpan timeout)
    {
        Deadline = DateTimeOffset.UtcNow + timeout;
        taken.SetResult();
    }

    public void Complete(InvocationResult result) => completed.TrySetResult(result);
}
