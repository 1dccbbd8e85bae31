using Footfall.Api;

namespace Footfall.Lambda;

/// <summary>
/// How the API's 403 gets through CloudFront, which answers the page's 404 in place of any 403 of its origins: as a
/// success that says what it is, for <c>infra/refusal.js</c> to take off.
/// </summary>
public static class EdgeRefusal
{
    /// <summary>The status that CloudFront has a page for.</summary>
    public const int Status = 403;

    /// <summary>The field that CloudFront's function looks for, and takes away.</summary>
    public const string Header = "x-footfall-refused";

    /// <param name="refusal">An answer of <see cref="Status"/>, to a request that CloudFront itself has sent.</param>
    public static ApiResponse Disguise(ApiResponse refusal) =>
        refusal with { Status = 200, Headers = [.. refusal.Headers, new(Header, "403")] };
}
