using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>Where the owner's links are kept: beside the counts. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store does not answer.</remarks>
public interface ILinkStore
{
    /// <summary>Keeps a new link; false, and nothing changes, when there is one of this key.</summary>
    Task<bool> AddLinkAsync(Link link, CancellationToken cancellationToken);

    /// <summary>Every link, in the order of their keys.</summary>
    Task<IReadOnlyList<Link>> ReadLinksAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is a link of this key: asked for each visit that names one.</summary>
    Task<bool> HasLinkAsync(string key, CancellationToken cancellationToken);

    /// <summary>Gives a link another name; false when there is none of this key.</summary>
    Task<bool> RenameLinkAsync(string key, string name, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets a link's name and counts it no more; false when there is none of this key. What it counted stays in the
    /// store, and so do the page's own numbers.
    /// </summary>
    Task<bool> RemoveLinkAsync(string key, CancellationToken cancellationToken);
}
