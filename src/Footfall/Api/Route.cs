namespace Footfall.Api;

/// <summary>One line of the HTTP contract.</summary>
public sealed class Route
{
    internal Route(string method, string path, Func<VisitsApi, ApiRequest, CancellationToken, Task<ApiResponse>> handler)
    {
        Method = method;
        Path = path;
        Handler = handler;
    }

    /// <summary>GET (which answers HEAD, too) or POST.</summary>
    public string Method { get; }

    /// <summary>Exact; there are no parameters in paths.</summary>
    public string Path { get; }

    internal Func<VisitsApi, ApiRequest, CancellationToken, Task<ApiResponse>> Handler { get; }

    internal bool Answers(string method) => method == Method || (method == "HEAD" && Method == "GET");
}
