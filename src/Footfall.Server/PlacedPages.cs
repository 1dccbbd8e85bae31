using Footfall.Site;

namespace Footfall.Server;

/// <summary>
/// The site's pages with an address of their own in them, for the first few addresses that proxies of ours name. Readers
/// by any further one get the pages without: nobody makes this server render for every name that they invent.
/// </summary>
/// <param name="render">Makes the site for an address.</param>
internal sealed class PlacedPages(Func<Uri, Task<IReadOnlyList<SiteFile>>> render)
{
    public const int MostAddresses = 4;

    /// <summary>A cache that many readers share might give one the page of another's name.</summary>
    private const string ForOneReader = "private, max-age=0, must-revalidate";

    private readonly Lock gate = new();
    private readonly Dictionary<Uri, Lazy<Task<Dictionary<string, StaticFile>>>> pages = [];

    /// <summary>Whether a path is one of what tells where it is.</summary>
    public static bool Tell(string path) =>
        path is "/" or "/robots.txt" or "/sitemap.xml" || path.EndsWith(".html", StringComparison.Ordinal);

    /// <returns>Null where there is none, or there are enough addresses.</returns>
    public async Task<StaticFile?> FindAsync(Uri address, string path) =>
        At(address) is { } made ? (await made.Value).GetValueOrDefault(path) : null;

    private Lazy<Task<Dictionary<string, StaticFile>>>? At(Uri address)
    {
        lock (gate)
        {
            if (!pages.TryGetValue(address, out var known) && pages.Count < MostAddresses)
            {
                known = new(() => MakeAsync(address));
                pages.Add(address, known);
            }

            return known;
        }
    }

    private async Task<Dictionary<string, StaticFile>> MakeAsync(Uri address)
    {
        var made = (await render(address)).Where(file => Tell($"/{file.Path}"))
            .ToDictionary(file => $"/{file.Path}", file => new StaticFile(file.ContentType, ForOneReader, file.Content), StringComparer.Ordinal);
        made["/"] = made["/index.html"];
        return made;
    }
}
