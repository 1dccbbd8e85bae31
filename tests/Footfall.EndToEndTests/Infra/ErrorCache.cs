using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Xml.Linq;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// What CloudFront keeps of its origins' errors, whatever the cache policy says: for ten seconds, or for as long as the
/// distribution's entry of that status, and under the path alone, since no cache policy here has the query in its key
/// ("How CloudFront processes HTTP 4xx and 5xx status codes from your origin" in its documentation).
/// </summary>
internal sealed class ErrorCache
{
    private static readonly HashSet<int> Statuses = [404, 405, 414, 500, 501, 502, 503, 504];
    private static readonly TimeSpan ByDefault = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (HttpResponseMessage Answer, DateTimeOffset Until)> kept = new();

    /// <returns>The error that answers this path still; null when the origin is asked.</returns>
    public HttpResponseMessage? Find(string method, string path) =>
        IsCached(method) && kept.TryGetValue(path, out var error) && DateTimeOffset.UtcNow < error.Until
            ? error.Answer
            : null;

    /// <summary>Keeps <paramref name="answer"/>, read to its end, when CloudFront would.</summary>
    public async Task KeepAsync(string method, string path, HttpResponseMessage answer, XElement distribution)
    {
        var duration = DurationOf(answer.StatusCode, distribution);
        if (IsCached(method) && Statuses.Contains((int)answer.StatusCode) && duration > TimeSpan.Zero)
        {
            await answer.Content.LoadIntoBufferAsync();
            kept[path] = (answer, DateTimeOffset.UtcNow + duration);
        }
    }

    private static bool IsCached(string method) => method is "GET" or "HEAD";

    private static TimeSpan DurationOf(HttpStatusCode status, XElement distribution) =>
        distribution.Element("CustomErrorResponses")!.Descendants("CustomErrorResponse")
            .Where(entry => (int)entry.Element("ErrorCode")! == (int)status)
            .Select(entry => (TimeSpan?)TimeSpan.FromSeconds(
                double.Parse((string)entry.Element("ErrorCachingMinTTL")!, CultureInfo.InvariantCulture)))
            .FirstOrDefault() ?? ByDefault;
}
