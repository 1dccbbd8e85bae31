using System.Text;

namespace Footfall.Site;

/// <summary>A stylesheet of the owner's, after the page's own.</summary>
public static class OwnStylesheet
{
    /// <summary>In bytes; one that is larger delays every reader.</summary>
    public const int Largest = 256 << 10;

    private static readonly string[] Fetching = ["@import", "url(", "image-set(", "src("];

    internal static SiteFile FileOf(ReadOnlyMemory<byte> content) =>
        Assets.Fingerprinted("own", "css", "text/css; charset=utf-8", content.ToArray());

    /// <summary>What in it does nothing: the site has no other files of the owner's, and its policy allows no other server's.</summary>
    internal static IEnumerable<string> ComplaintsOf(ReadOnlyMemory<byte> content)
    {
        var text = Encoding.UTF8.GetString(content.Span);
        return from name in Fetching
               where text.Contains(name, StringComparison.OrdinalIgnoreCase)
               select $"--css: {name}{(name[^1] == '(' ? "…)" : "")} does nothing: only this file is taken over, and the page's security policy keeps out what is elsewhere";
    }
}
