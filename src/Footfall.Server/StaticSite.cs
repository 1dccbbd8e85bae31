using Footfall.Site;
using Microsoft.Net.Http.Headers;

namespace Footfall.Server;

/// <summary>The rendered site, served from memory. It never changes; rendering again makes another.</summary>
public sealed class StaticSite
{
    private const string FirstPage = "index.html";
    private const string NotFoundPage = "404.html";

    private readonly Dictionary<string, StaticFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lazy<Task<StaticFile?>>> lateFiles;
    private readonly KeyValuePair<string, string>[] headers;
    private readonly LostPage? notFound;
    private readonly PlacedPages? placed;

    /// <param name="headers">Fields that every answer carries.</param>
    /// <param name="lateFiles">What is made when somebody wants it, once.</param>
    /// <param name="renderAt">
    /// Makes the site for an address that a proxy says it has; null where its pages say where they are, or are not to.
    /// </param>
    public StaticSite(
        IEnumerable<SiteFile> files,
        IEnumerable<KeyValuePair<string, string>> headers,
        IEnumerable<LateFile>? lateFiles = null,
        Func<Uri, Task<IReadOnlyList<SiteFile>>>? renderAt = null)
    {
        placed = renderAt is null ? null : new(renderAt);
        this.headers = [.. headers];
        this.lateFiles = (lateFiles ?? []).ToDictionary(
            late => $"/{late.Path}", late => new Lazy<Task<StaticFile?>>(() => MakeAsync(late)), StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.Path == NotFoundPage)
            {
                notFound = new LostPage(file);
            }

            var content = Prepare(file);
            this.files.Add($"/{file.Path}", content);
            if (file.Path == FirstPage || file.Path.EndsWith($"/{FirstPage}", StringComparison.Ordinal))
            {
                this.files.Add($"/{file.Path[..^FirstPage.Length]}", content);
            }
        }
    }

    /// <summary>Whether the answer is another one where the page's address is known.</summary>
    internal bool TellsAddress(string path) => placed is not null && PlacedPages.Tell(path);

    /// <summary>Answers a GET or a HEAD.</summary>
    /// <param name="path">The path below the base path.</param>
    /// <param name="address">Where a proxy of ours says that the site is; null where none does.</param>
    internal async Task AnswerAsync(HttpContext context, string path, AnswerWriter writer, Uri? address = null)
    {
        var file = (address is null || placed is null ? null : await placed.FindAsync(address, path))
            ?? files.GetValueOrDefault(path)
            ?? (lateFiles.TryGetValue(path, out var late) ? await late.Value : null);
        var isFound = file is not null;
        var response = context.Response;
        response.StatusCode = isFound ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        AddHeaders(response);
        if (file is { IsForOtherSites: true })
        {
            response.Headers[SecurityHeaders.ForOtherSites.Key] = SecurityHeaders.ForOtherSites.Value;
        }

        if ((file ?? notFound?.At(path)) is { } found)
        {
            await SendAsync(context, found, isFound, writer);
        }
    }

    internal void AddHeaders(HttpResponse response)
    {
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }
    }

    private static StaticFile Prepare(SiteFile file) => new(file.ContentType, file.CacheControl, file.Content)
    {
        IsForOtherSites = file.IsForOtherSites,
    };

    private static async Task<StaticFile?> MakeAsync(LateFile late) => await late.MakeAsync() is { } made ? Prepare(made) : null;

    private static Task SendAsync(HttpContext context, StaticFile file, bool mayBeUnchanged, AnswerWriter writer)
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
            return writer.WriteAsync(context, ReadOnlyMemory<byte>.Empty);
        }

        response.ContentType = file.ContentType;
        response.ContentLength = chosen.Content.Length;
        if (chosen.Encoding is not null)
        {
            response.Headers.ContentEncoding = chosen.Encoding;
        }

        return writer.WriteAsync(
            context, HttpMethods.IsHead(context.Request.Method) ? ReadOnlyMemory<byte>.Empty : chosen.Content);
    }

    // RFC 9110, section 13.1.2: the comparison is the weak one, as caches and proxies may weaken a tag.
    private static bool Has(string ifNoneMatch, string tag) =>
        ifNoneMatch == "*"
        || ifNoneMatch.Split(',', StringSplitOptions.TrimEntries)
            .Any(known => known == tag || (known.StartsWith("W/", StringComparison.Ordinal) && known.AsSpan(2).SequenceEqual(tag)));
}
