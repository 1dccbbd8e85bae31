using Footfall.Site;

namespace Footfall.Server;

/// <summary>A file that is made when it is first asked for, and kept.</summary>
/// <param name="Path">From the site's root.</param>
/// <param name="MakeAsync">Makes it; null where that did not work, which is for the maker to report.</param>
public sealed record LateFile(string Path, Func<Task<SiteFile?>> MakeAsync);
