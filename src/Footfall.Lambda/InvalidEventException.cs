namespace Footfall.Lambda;

/// <summary>An event that is no request of an HTTP API: somebody else's invocation, or a test in the console.</summary>
public sealed class InvalidEventException(string found) : Exception(
    $"This event is no HTTP request: {found}. Expected: an event of an API Gateway HTTP API, payload format 2.0 or 1.0.");
