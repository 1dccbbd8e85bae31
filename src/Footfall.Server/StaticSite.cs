using Footfall.Site;
using Microsoft.Net.Http.Headers;

namespace Footfall.Server;

/// <summary>The rendered site, served from memory. It never changes; rendering again makes another.</summary>
public sealed class StaticSite
{
    private const string FirstPage = "index.html";
    private const string NotFoundPage = "404.html";

    private readonly Dictionary<string, StaticFile> files = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, string>[] headers;
    private readonly StaticFile? notFound;

    /// <param name="headers">Fields that every answer carries.</param>
    public StaticSite(IEnumerable<SiteFile> files, IEnumerable<KeyValuePair<string, string>> headers)
    {
        this.headers = [.. headers];
        foreach (var file in files)
        {
            var content = new StaticFile(file.ContentType, file.CacheControl, file.Content);
            this.files.Add($"/{file.Path}", content);
            if (file.Path == FirstPage || file.Path.EndsWith($"/{FirstPage}", StringComparison.Ordinal))
            {
                this.files.Add($"/{file.Path[..^FirstPage.Length]}", content);
            }
        }

        notFound = this.files.GetValueOrDefault($"/{NotFoundPage}");
    }

    /// <summary>Answers a GET or a HEAD.</summary>
    internal Task AnswerAsync(HttpContext context)
    {
        var isFound = files.TryGetValue(context.Request.Path.Value ?? "", out var file);
        var response = context.Response;
        response.StatusCode = isFound ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        return (file ?? notFound) is { } found ? SendAsync(context, found, isFound) : Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, StaticFile file, bool mayBeUnchanged)
    {
        var response = context.Response;
        var chosen = file.Choose(context.Request.Headers.AcceptEncoding.ToString());
        response.Headers.CacheControl = file.CacheControl;
        response.Headers.ETag = chosen.Tag;
        if (file.IsNegotiated)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (mayBeUnchanged && Has(context.Request.Headers.IfNoneMatch.ToString(), chosen.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = chosen.Content.Length;
        if (chosen.Encoding is not null)
        {
            response.Headers.ContentEncoding = chosen.Encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            _ = await response.BodyWriter.WriteAsync(chosen.Content);
        }
    }

    // RFC 9110, section 13.1.2: the comparison is the weak one, as caches and proxies may weaken a tag.
    private static bool Has(string ifNoneMatch, string tag) =>
        ifNoneMatch == "*"
        || ifNoneMatch.Split(',', StringSplitOptions.TrimEntries)
            .Any(known => known == tag || (known.StartsWith("W/", StringComparison.Ordinal) && known.AsSpan(2).SequenceEqual(tag)));
}
