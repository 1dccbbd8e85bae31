namespace Footfall.Api;

/// <summary>Ends the handling of a request with a problem for an answer. It never leaves the API.</summary>
internal sealed class ProblemException(ApiResponse response) : Exception
{
    public ApiResponse Response { get; } = response;
}
