using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Site;

/// <summary>The files that the page brings along.</summary>
internal static class Assets
{
    private const string CountScriptPath = "count.js";
    private const string ScriptType = "text/javascript; charset=utf-8";

    /// <param name="typeface">The page's own; null for what the reader's system has.</param>
    /// <param name="accent">The page's colour.</param>
    public static SiteFile Stylesheet(Typeface? typeface, Accent accent) => Fingerprinted(
        "site",
        "css",
        "text/css; charset=utf-8",
        [.. Encoding.UTF8.GetBytes(typeface?.Rules ?? ""), .. Embedded("site.css"), .. Encoding.UTF8.GetBytes(accent.Rules)]);

    /// <summary>Without its comments and indentation, which are half of it and no visitor's concern.</summary>
    public static SiteFile Script(string name) => Fingerprinted(name, "js", ScriptType, Code(name));

    /// <summary>
    /// What other sites' pages are counted by. Its address stays, so that it can be written into pages that nobody edits
    /// again.
    /// </summary>
    /// <param name="api">The address of the API: from the script's own, or in full where it is elsewhere.</param>
    public static SiteFile CountScript(string api) => new(
        CountScriptPath,
        ScriptType,
        CacheControl.ForAnHour,
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Code("count")).Replace("api/visits", api, StringComparison.Ordinal)))
    {
        IsForOtherSites = true,
    };

    private static byte[] Code(string name)
    {
        var lines = Encoding.UTF8.GetString(Embedded($"{name}.js")).Split('\n');
        var code = lines.Select(line => line.TrimStart()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

        // Behind these a line's end says nothing.
        return Encoding.UTF8.GetBytes(string.Join('\n', code)
            .Replace(";\n", ";", StringComparison.Ordinal)
            .Replace("{\n", "{", StringComparison.Ordinal)
            .Replace(",\n", ",", StringComparison.Ordinal));
    }

    /// <summary>Crawlers may read the page; the API has nothing for them.</summary>
    public static SiteFile Robots(Uri? site)
    {
        var sitemap = site is null ? "" : $"Sitemap: {Address(site, "sitemap.xml")}\n";
        return Text("robots.txt", $"User-agent: *\nDisallow: /api/\n{sitemap}");
    }

    /// <summary>The pages that there are to index, each with its translations (https://www.sitemaps.org/protocol.html).</summary>
    public static SiteFile Sitemap(Uri site, IReadOnlyList<(Resume Resume, PagePlace Place)> pages)
    {
        var xml = new StringBuilder("""
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">

            """.ReplaceLineEndings("\n"));
        var translations = string.Concat(PagePlace.Links(pages, pages[0].Place, site).Select(page =>
            $"<xhtml:link rel=\"alternate\" hreflang=\"{page.Language.Tag}\" href=\"{SecurityElement.Escape(page.Address)}\"/>"));
        foreach (var (resume, place) in pages)
        {
            var lastModified = resume.Meta?.LastModified?.Machine is { } changed ? $"<lastmod>{changed}</lastmod>" : "";
            _ = xml.Append(CultureInfo.InvariantCulture, $"  <url><loc>{SecurityElement.Escape(place.AddressIn(site))}</loc>{lastModified}{translations}</url>\n");
        }

        return new("sitemap.xml", "application/xml; charset=utf-8", CacheControl.Revalidated, Encoding.UTF8.GetBytes(xml.Append("</urlset>\n").ToString()));
    }

    /// <summary>What a server must send with the files, for the hosts of static files that read it (Netlify, Cloudflare Pages).</summary>
    public static SiteFile Headers(Uri? apiBase)
    {
        var everywhere = string.Concat(SecurityHeaders.For(apiBase).Select(Line));
        var forOtherSites = Line(SecurityHeaders.ForOtherSites) + Line(new("Cache-Control", CacheControl.ForAnHour));
        return Text(
            "_headers",
            $"/*\n{everywhere}/assets/*\n{Line(new("Cache-Control", CacheControl.Immutable))}/{CountScriptPath}\n{forOtherSites}");

        static string Line(KeyValuePair<string, string> header) => $"  {header.Key}: {header.Value}\n";
    }

    /// <summary>The person's initials, drawn with attributes alone, because the site's policy allows no inline style.</summary>
    public static SiteFile Favicon(string name, Accent accent)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var initials = Initial(words[0]) + (words.Length > 1 ? Initial(words[^1]) : "");
        var svg = $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
              <rect width="64" height="64" rx="14" fill="{{accent.Light}}"/>
              <text x="32" y="43" fill="#fff" font-family="Georgia, serif" font-size="30" text-anchor="middle">{{initials}}</text>
            </svg>

            """.ReplaceLineEndings("\n");
        return new("favicon.svg", "image/svg+xml", CacheControl.Revalidated, Encoding.UTF8.GetBytes(svg));
    }

    /// <summary>Named after its content, so that it can be kept forever.</summary>
    public static SiteFile Fingerprinted(string name, string extension, string contentType, byte[] content)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
        return new($"assets/{name}.{fingerprint}.{extension}", contentType, CacheControl.Immutable, content);
    }

    /// <summary>A file of <c>Assets</c>, as it is.</summary>
    public static byte[] Embedded(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static SiteFile Text(string path, string text) =>
        new(path, "text/plain; charset=utf-8", CacheControl.Revalidated, Encoding.UTF8.GetBytes(text));

    private static string Address(Uri site, string path) => site.AbsoluteUri.TrimEnd('/') + "/" + path;

    private static string Initial(string word) =>
        Rune.GetRuneAt(word, 0) is var rune && Rune.IsLetterOrDigit(rune) ? rune.ToString() : "";
}
