namespace Footfall.Site;

/// <summary>What a build may know beside the résumé. Everything is optional.</summary>
public sealed record SiteOptions
{
    /// <summary>The folder that holds local images, which is the résumé's own; null leaves them out.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>
    /// Fetches a picture that is on another server: from its address, at most so many bytes. It throws
    /// <see cref="HttpRequestException"/> where there is none. Null leaves such pictures out.
    /// </summary>
    public Func<Uri, int, CancellationToken, Task<byte[]>>? FetchPhoto { get; init; }

    /// <summary>A stylesheet of the owner's, which the pages load after their own; null for none.</summary>
    public ReadOnlyMemory<byte>? Stylesheet { get; init; }

    /// <summary>Whether the page brings its own typeface; otherwise it is set in what the reader's system has.</summary>
    public bool OwnTypeface { get; init; } = true;

    /// <summary>Whether there is an API that counts; a page without one has no counter, no place for it, and asks nobody.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>Whether the page shows the number; the API may publish none. It is counted all the same.</summary>
    public bool ShowsCount { get; init; } = true;

    /// <summary>The key of the owner's link that counts every visit of this page; null for those that visitors come by.</summary>
    public string? Link { get; init; }

    /// <summary>Whether <c>resume.pdf</c> will be beside the page: a browser prints it, see <see cref="BuiltSite.Prints"/>.</summary>
    public bool HasPdf { get; init; }

    /// <summary>
    /// Whether a preview and an icon for telephones will be beside the page: a browser draws them, see
    /// <see cref="BuiltSite.Prints"/>. A page refers to its preview where the address of the site is known.
    /// </summary>
    public bool HasPictures { get; init; }

    /// <summary>The count to show until the API answers, and wherever it doesn't.</summary>
    public long? KnownVisits { get; init; }

    /// <summary>Where the API is, when that is not the page's own origin: <c>https://api.example.com</c>.</summary>
    public Uri? ApiBase { get; init; }

    /// <summary>
    /// Where the site will be: <c>https://jane.example.com/</c>. Gives canonical and preview addresses,
    /// and the path below which 404.html finds the rest.
    /// </summary>
    public Uri? SiteUrl { get; init; }

    /// <summary>The path below which 404.html finds the rest; null for that of <see cref="SiteUrl"/>.</summary>
    public string? Root { get; init; }
}
