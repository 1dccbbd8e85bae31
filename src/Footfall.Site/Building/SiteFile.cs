namespace Footfall.Site;

/// <summary>One file of the site and how a server must send it.</summary>
/// <param name="Path">From the site's root, with <c>/</c> between folders: <c>assets/site.1a2b3c4d5e6f.css</c>.</param>
/// <param name="ContentType">The value of <c>Content-Type</c>.</param>
/// <param name="CacheControl">The value of <c>Cache-Control</c>.</param>
/// <param name="Content">The bytes.</param>
public sealed record SiteFile(string Path, string ContentType, string CacheControl, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether pages of other sites may load it: see <see cref="SecurityHeaders.ForOtherSites"/>.</summary>
    public bool IsForOtherSites { get; init; }
}
