using Footfall.Counting;

namespace Footfall.Api;

/// <summary>An HTTP answer for a host to hand on as it is; the host adds what framing needs, such as the length.</summary>
/// <param name="Status">The status code, 200 to 599.</param>
/// <param name="Headers">Fields in the order to send them; every name once.</param>
/// <param name="Body">Empty when the answer has none.</param>
public sealed record ApiResponse(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>What the request was counted as, for a host's metrics; null when nothing was counted.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Why the store could not answer, for a host's log and nobody else; null when it did.</summary>
    public StoreUnavailableException? Fault { get; init; }

    /// <summary>The family of counters that had no room for one more, for a host's log; null when none was full.</summary>
    public string? FullFamily { get; init; }

    internal ApiResponse With(params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        var all = new KeyValuePair<string, string>[Headers.Count + more.Length];
        for (var index = 0; index < Headers.Count; index++)
        {
            all[index] = Headers[index];
        }

        more.CopyTo(all.AsSpan(Headers.Count));
        return this with { Headers = all };
    }

    internal ApiResponse WithoutBody() => this with { Body = ReadOnlyMemory<byte>.Empty };
}
