namespace Footfall.Site;

/// <summary>What a build made.</summary>
/// <param name="Files">All files, <c>index.html</c> and <c>404.html</c> among them.</param>
/// <param name="Warnings">One line for each thing in the résumé that the page does not show as written.</param>
public sealed record BuiltSite(IReadOnlyList<SiteFile> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>What the page refers to and a browser has yet to make of it: see <see cref="Chromium"/>.</summary>
    public IReadOnlyList<Print> Prints { get; init; } = [];

    /// <summary>The counters that its pages name.</summary>
    public IReadOnlyList<string> Counters { get; init; } = [];
}
