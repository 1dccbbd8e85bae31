using System.Collections.Concurrent;
using System.Text;

namespace Footfall.LambdaHost;

/// <summary>
/// A stand-in for a function on Lambda: starts an instance when none is idle, up to its maximum concurrency, and
/// keeps those that served for the next invocation. Linux only.
/// </summary>
public sealed class LambdaFunction(FunctionSettings settings) : IAsyncDisposable
{
    private readonly ConcurrentStack<FunctionInstance> idle = new();
    private readonly ConcurrentBag<FunctionInstance> all = [];
    private int running;

    /// <summary>How many instances were started so far.</summary>
    public int ColdStarts => all.Count;

    /// <summary>Every instance that was started, those that have ended included.</summary>
    public IReadOnlyCollection<FunctionInstance> Instances => all;

    /// <summary>Invokes the function and waits for its answer, as Lambda's Invoke with <c>RequestResponse</c> does.</summary>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return Interlocked.Increment(ref running) <= settings.MaxConcurrency
                ? await RunAsync(payload)
                : InvocationResult.Throttled;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in all)
        {
            await instance.DisposeAsync();
        }
    }

    private async Task<InvocationResult> RunAsync(ReadOnlyMemory<byte> payload)
    {
        while (true)
        {
            var instance = TakeIdle() ?? await StartAsync();
            var result = await instance.InvokeAsync(new Invocation(payload));
            if (!instance.HasExited)
            {
                idle.Push(instance);
            }

            if (result is { Status: InvocationStatus.Failed })
            {
                settings.Log(Encoding.UTF8.GetString(result.Payload.Span));
            }

            if (result is not null)
            {
                return result;
            }
        }
    }

    private FunctionInstance? TakeIdle()
    {
        while (idle.TryPop(out var instance))
        {
            if (!instance.HasExited)
            {
                return instance;
            }
        }

        return null;
    }

    private async Task<FunctionInstance> StartAsync()
    {
        var instance = await FunctionInstance.StartAsync(settings);
        all.Add(instance);
        return instance;
    }
}
