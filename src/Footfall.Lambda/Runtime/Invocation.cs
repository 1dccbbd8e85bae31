namespace Footfall.Lambda.Runtime;

/// <summary>An event to handle.</summary>
/// <param name="Deadline">When Lambda ends the process, if there is no answer by then.</param>
/// <param name="TraceId">AWS X-Ray's header; null when there is none.</param>
/// <param name="Payload">Valid until the answer.</param>
public sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, ReadOnlyMemory<byte> Payload);
