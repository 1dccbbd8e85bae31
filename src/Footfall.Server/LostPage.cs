using System.Text;
using Footfall.Site;

namespace Footfall.Server;

/// <summary>
/// The page that says that there is none. Its addresses are absolute, as it is shown at any depth; but a proxy may have
/// taken a part of the path away that this server does not know. Relative ones are right anywhere, for one depth each.
/// </summary>
internal sealed class LostPage
{
    /// <summary>Deeper paths get the page as it was built.</summary>
    private const int MaxDepth = 16;

    private readonly Lazy<StaticFile>[] byDepth;
    private readonly Lazy<StaticFile> asBuilt;

    public LostPage(SiteFile page)
    {
        asBuilt = new(() => Prepare(page, page.Content));
        byDepth = [.. Enumerable.Range(0, MaxDepth).Select(depth =>
            new Lazy<StaticFile>(() => Prepare(page, Relative(page.Content, depth))))];
    }

    /// <param name="path">From its first slash on.</param>
    public StaticFile At(string path)
    {
        var depth = path.Count(c => c == '/') - 1;
        return (depth is >= 0 and < MaxDepth ? byDepth[depth] : asBuilt).Value;
    }

    private static StaticFile Prepare(SiteFile page, ReadOnlyMemory<byte> content) =>
        new(page.ContentType, page.CacheControl, content);

    // No text of the page has a quotation mark that is not encoded, so this begins an attribute's absolute path.
    private static byte[] Relative(ReadOnlyMemory<byte> content, int depth)
    {
        var root = depth == 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
        return Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(content.Span).Replace("=\"/", $"=\"{root}", StringComparison.Ordinal));
    }
}
