using System.Text.Json.Nodes;

namespace Footfall.LambdaHost;

public enum InvocationStatus
{
    /// <summary>The function answered.</summary>
    Succeeded,

    /// <summary>The function reported an error, exited, or ran out of time.</summary>
    Failed,

    /// <summary>Too many invocations were running already.</summary>
    Throttled,
}

/// <summary>What an invocation came to, as Lambda's Invoke answers it.</summary>
/// <param name="Payload">The answer; of a failure, JSON with <c>errorType</c> and <c>errorMessage</c>.</param>
public sealed record InvocationResult(InvocationStatus Status, ReadOnlyMemory<byte> Payload)
{
    internal static readonly InvocationResult Throttled =
        Error(InvocationStatus.Throttled, "TooManyRequestsException", "Rate Exceeded.");

    internal static InvocationResult Failed(string errorType, string errorMessage) =>
        Error(InvocationStatus.Failed, errorType, errorMessage);

    private static InvocationResult Error(InvocationStatus status, string type, string message)
    {
        var error = new JsonObject { ["errorType"] = type, ["errorMessage"] = message };
        return new(status, System.Text.Encoding.UTF8.GetBytes(error.ToJsonString()));
    }
}
