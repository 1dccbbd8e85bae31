using System.Text;

namespace Footfall.Site;

/// <summary>The owner's page: a shell without a number in it, which asks the API with the owner's key.</summary>
internal static class NumbersPage
{
    /// <param name="apiBase">The API's address where it is not on the page's own origin.</param>
    public static IEnumerable<SiteFile> Files(SiteFile favicon, Uri? apiBase)
    {
        const string Api = "api/owner/report";
        var stylesheet = Assets.Fingerprinted("stats", "css", "text/css; charset=utf-8", Assets.Embedded("stats.css"));
        var script = Assets.Script("stats");
        var html = Encoding.UTF8.GetString(Assets.Embedded("stats.html"))
            .Replace("{favicon}", favicon.Path, StringComparison.Ordinal)
            .Replace("{stylesheet}", stylesheet.Path, StringComparison.Ordinal)
            .Replace("{script}", script.Path, StringComparison.Ordinal)
            .Replace("{api}", apiBase is null ? $"../{Api}" : $"{apiBase.AbsoluteUri.TrimEnd('/')}/{Api}", StringComparison.Ordinal);
        return
        [
            stylesheet,
            script,
            new("stats/index.html", "text/html; charset=utf-8", CacheControl.Revalidated, Encoding.UTF8.GetBytes(html)),
        ];
    }
}
