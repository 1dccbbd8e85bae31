using System.IO.Compression;
using Footfall.Site;

namespace Footfall.Tests.Site;

public sealed class SiteBuilderTests : IDisposable
{
    /// <summary>As much of one as its chunks.</summary>
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAABSUhEUngxMjM0AAAAAElFTkQxMjM0");

    private readonly string folder = Directory.CreateTempSubdirectory("footfall-site-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_site_is_these_files()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete));

        var files = site.Files.Select(file => (Name(file.Path), file.ContentType, file.CacheControl));

        const string Revalidated = "public, max-age=0, must-revalidate";
        const string Immutable = "public, max-age=31536000, immutable";
        Assert.Equal(
            [
                ("index.html", "text/html; charset=utf-8", Revalidated),
                ("resume.json", "application/json; charset=utf-8", Revalidated),
                ("404.html", "text/html; charset=utf-8", Revalidated),
                ("assets/site.#.css", "text/css; charset=utf-8", Immutable),
                ("favicon.svg", "image/svg+xml", Revalidated),
                ("assets/counter.#.js", "text/javascript; charset=utf-8", Immutable),
                ("count.js", "text/javascript; charset=utf-8", "public, max-age=3600"),
                ("assets/stats.#.css", "text/css; charset=utf-8", Immutable),
                ("assets/stats.#.js", "text/javascript; charset=utf-8", Immutable),
                ("stats/index.html", "text/html; charset=utf-8", Revalidated),
                ("robots.txt", "text/plain; charset=utf-8", Revalidated),
                ("_headers", "text/plain; charset=utf-8", Revalidated),
                ("assets/literata-latin-400.#.woff2", "font/woff2", Immutable),
                ("assets/literata-latin-600.#.woff2", "font/woff2", Immutable),
                ("assets/literata-licence.txt", "text/plain; charset=utf-8", Revalidated),
            ],
            files);
    }

    [Fact]
    public async Task The_same_resume_gives_the_same_bytes()
    {
        var first = await BuildAsync(Resumes.Parse(Resumes.Complete));
        var second = await BuildAsync(Resumes.Parse(Resumes.Complete));

        Assert.Equal(first.Files.Select(file => file.Path), second.Files.Select(file => file.Path));
        Assert.All(first.Files.Zip(second.Files), pair => Assert.True(pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span)));
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("404.html")]
    public async Task The_policy_has_nothing_to_forbid_in(string path)
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete));

        var page = SiteText.Html(site.Text(path));

        Assert.Empty(page.QuerySelectorAll("style, [style], base, form, iframe, object, embed"));
        Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.GetAttribute("type") == "application/ld+json" || (script.HasAttribute("src") && script.TextContent.Length == 0)));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("index.html", null, "")]
    [InlineData("404.html", null, "/")]
    [InlineData("404.html", "https://jane.example.com/cv", "/cv/")]
    public async Task Everything_that_a_page_loads_is_a_file_of_the_site(string path, string? siteUrl, string root)
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete), new() { SiteUrl = siteUrl is null ? null : new(siteUrl) });

        var page = SiteText.Html(site.Text(path));

        var loaded = page.QuerySelectorAll("link[rel=icon], link[rel=preload], link[rel=stylesheet], link[rel=alternate], script[src], img")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src"));
        Assert.All(loaded, address => Assert.Contains(address, site.Files.Select(file => root + file.Path)));
    }

    [Theory]
    [InlineData("Jane Doe", "latin")]
    [InlineData("Łucja Dębska", "latin latin-ext")]
    [InlineData("Олена", "latin cyrillic")]
    [InlineData("张伟", "latin")]
    public async Task The_fonts_that_the_text_needs_are_part_of_the_site(string name, string subsets)
    {
        var site = await BuildAsync(Resumes.Parse($$"""{ "basics": { "name": {{Resumes.Quoted(name)}} } }"""));

        var fonts = site.Files.Where(file => file.ContentType == "font/woff2").Select(file => Path.GetFileName(file.Path)).ToList();

        var expected = subsets.Split(' ').SelectMany(subset => new[] { $"literata-{subset}-400.#.woff2", $"literata-{subset}-600.#.woff2" });
        Assert.Equal(expected, fonts.Select(Name));
        Assert.All(fonts, font => Assert.Contains($"url({font})", Stylesheet(site), StringComparison.Ordinal));
        Assert.DoesNotContain("@import", Stylesheet(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_typeface_weighs_at_most_forty_kilobytes_and_brings_its_licence()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete));

        Assert.InRange(site.Files.Where(file => file.ContentType == "font/woff2").Sum(file => file.Content.Length), 1, 40_000);
        Assert.Contains("SIL OPEN FONT LICENSE", site.Text("assets/literata-licence.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_the_readers_own_fonts_loads_none()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete), new() { OwnTypeface = false });

        Assert.DoesNotContain("url(", Stylesheet(site), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Files, file => file.Path.Contains("literata", StringComparison.Ordinal));
        Assert.Empty(SiteText.Html(site.Text("index.html")).QuerySelectorAll("link[rel=preload]"));
    }

    [Fact]
    public async Task The_script_is_at_most_a_kilobyte_and_alone()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete));
        var script = site.Files.Single(file => file.Path.StartsWith("assets/counter.", StringComparison.Ordinal));

        Assert.InRange(Compressed(script), 1, 1024);
        Assert.DoesNotContain("import", script.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("cookie", script.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", script.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_loads_less_than_twelve_kilobytes_beside_fonts_and_photo()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete));

        var loaded = site.Files.Where(file => file.Path is "index.html" or "favicon.svg" || (Path.GetExtension(file.Path) is ".css" or ".js" && !file.IsForOtherSites));

        Assert.InRange(loaded.Sum(Compressed), 1, 12_000);
    }

    [Fact]
    public async Task The_download_is_the_resume_again_without_the_writers_own_fields()
    {
        const string Own = "\"_salary\": \"secret\", \"x-notes\": \"secret\", \"motto\": \"Measure twice\", \"basics\"";
        var resume = Resumes.Parse(Resumes.Complete.Replace("\"basics\"", Own, StringComparison.Ordinal));

        var download = (await BuildAsync(resume)).Text("resume.json");

        Assert.DoesNotContain("secret", download, StringComparison.Ordinal);
        Assert.DoesNotContain("null", download, StringComparison.Ordinal);
        var again = Resumes.Parse(download);
        Assert.Equal("motto", Assert.Single(again.Warnings).Path);
        Assert.Equal(download, (await BuildAsync(again)).Text("resume.json"));
        Assert.Equal((await BuildAsync(resume)).Text("index.html"), (await BuildAsync(again)).Text("index.html"));
    }

    [Fact]
    public async Task The_missing_page_counts_nothing_and_leads_home()
    {
        var page = SiteText.Html((await BuildAsync(Resumes.Parse(Resumes.Complete))).Text("404.html"));

        Assert.Empty(page.Scripts);
        Assert.Equal("/", page.QuerySelector("a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_an_API_there_is_no_counter_and_no_place_for_one()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete), new() { IsCounted = false, KnownVisits = 7 });

        var page = SiteText.Html(site.Text("index.html"));
        Assert.Empty(page.QuerySelectorAll("script[src], [data-counter], details, #not-me"));
        Assert.DoesNotContain("/api/", site.Text("index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Files, file => Path.GetExtension(file.Path) == ".js");
    }

    [Fact]
    public async Task What_counts_other_sites_pages_is_at_most_1000_bytes_on_the_wire_and_asks_its_own_folder()
    {
        var script = (await BuildAsync(Resumes.Parse(Resumes.Complete))).File("count.js");

        Assert.InRange(Compressed(stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)), 1, 1000);
        Assert.InRange(Compressed(stream => new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)), 1, 1000);
        Assert.Contains("new URL('api/visits', src)", script.Text(), StringComparison.Ordinal);

        long Compressed(Func<Stream, Stream> compressor)
        {
            using var sent = new MemoryStream();
            using (var stream = compressor(sent))
            {
                stream.Write(script.Content.Span);
            }

            return sent.Length;
        }
    }

    [Fact]
    public async Task What_counts_other_sites_pages_asks_an_API_elsewhere_and_is_there_when_the_resume_itself_is_not_counted()
    {
        var elsewhere = await BuildAsync(Resumes.Parse(Resumes.Complete), new() { ApiBase = new("https://api.example.com/v1/") });
        var uncounted = await BuildAsync(Resumes.Parse(Resumes.Complete) with { IsCounted = false });

        Assert.Contains("new URL('https://api.example.com/v1/api/visits', src)", elsewhere.Text("count.js"), StringComparison.Ordinal);
        Assert.Contains(uncounted.Files, file => file.Path == "count.js");
    }

    [Fact]
    public async Task A_site_with_an_address_has_a_map_that_crawlers_find()
    {
        var site = await BuildAsync(Resumes.Parse(Resumes.Complete), new() { SiteUrl = new("https://jane.example.com/cv?a&b") });

        Assert.Contains("<loc>https://jane.example.com/cv?a&amp;b/</loc><lastmod>2026-10-04</lastmod>", site.Text("sitemap.xml"), StringComparison.Ordinal);
        Assert.EndsWith("Sitemap: https://jane.example.com/cv?a&b/sitemap.xml\n", site.Text("robots.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_of_files_are_told_the_headers_that_every_server_sends()
    {
        var headers = (await BuildAsync(Resumes.Parse(Resumes.Complete))).Text("_headers").Split('\n');

        Assert.Equal("/*", headers[0]);
        Assert.Equal(SecurityHeaders.For().Select(header => $"  {header.Key}: {header.Value}"), headers.Skip(1).TakeWhile(line => line[0] == ' '));
        Assert.Equal(
            [
                "/assets/*",
                "  Cache-Control: public, max-age=31536000, immutable",
                "/count.js",
                "  Cross-Origin-Resource-Policy: cross-origin",
                "  Cache-Control: public, max-age=3600",
                "",
            ],
            headers.SkipWhile(line => line != "/assets/*"));
    }

    [Fact]
    public async Task What_a_browser_makes_is_linked_and_drafted_only_where_there_is_one()
    {
        var resume = Resumes.Parse(Resumes.Complete);
        var without = await BuildAsync(resume, new() { SiteUrl = new("https://jane.example.com/") });
        var with = await BuildAsync(resume, new() { SiteUrl = new("https://jane.example.com/"), HasPdf = true, HasPictures = true });

        Assert.Empty(without.Prints);
        Assert.DoesNotContain("resume.pdf", without.Text("index.html"), StringComparison.Ordinal);
        Assert.Equal(["resume.pdf", "preview.png", "touch-icon.png"], with.Prints.Select(print => print.Path));
        var page = SiteText.Html(with.Text("index.html"));
        Assert.Equal("PDF", page.QuerySelector("a[href='resume.pdf']")?.TextContent);
        Assert.Equal("https://jane.example.com/preview.png", page.QuerySelector("meta[property='og:image']")?.GetAttribute("content"));
        Assert.Equal("touch-icon.png", page.QuerySelector("link[rel=apple-touch-icon]")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("GB", "A4")]
    [InlineData("US", "letter")]
    [InlineData("mx", "letter")]
    [InlineData("", "A4")]
    public async Task The_paper_is_that_of_the_persons_country(string country, string paper)
    {
        var resume = Resumes.Parse(Resumes.Complete.Replace("\"GB\"", $"\"{country}\"", StringComparison.Ordinal));

        var site = await BuildAsync(resume, new() { HasPdf = true });

        Assert.Contains($"@page {{ size: {paper} }}", Assert.Single(site.Prints).Draft.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Jane Doe", "JD")]
    [InlineData("jane van der doe", "jd")]
    [InlineData("Zoë", "Z")]
    [InlineData("🚀 <b>", "")]
    [InlineData("张伟", "张")]
    public async Task The_icon_has_the_initials(string name, string initials)
    {
        var site = await BuildAsync(Resumes.Parse($$"""{ "basics": { "name": {{Resumes.Quoted(name)}} } }"""));

        Assert.Contains($">{initials}</text>", site.Text("favicon.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me.png")]
    [InlineData("./me.png")]
    [InlineData("/me.png")]
    [InlineData("pictures/../me.png")]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAABSUhEUngxMjM0AAAAAElFTkQxMjM0")]
    public async Task A_picture_of_ones_own_is_part_of_the_site(string image)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "me.png"), Png, TestContext.Current.CancellationToken);

        var site = await BuildAsync(WithImage(image), new() { ImageFolder = folder, SiteUrl = new("https://jane.example.com/") });

        Assert.Empty(site.Warnings);
        var picture = site.Files.Single(file => file.ContentType == "image/png");
        Assert.Equal("assets/portrait.#.png", Name(picture.Path));
        Assert.True(picture.Content.Span.SequenceEqual(Png));
        var page = SiteText.Html(site.Text("index.html"));
        Assert.Equal(picture.Path, page.QuerySelector("img.portrait")?.GetAttribute("src"));
        Assert.Equal(
            $"https://jane.example.com/{picture.Path}",
            page.QuerySelector("meta[property='og:image']")?.GetAttribute("content"));
    }

    [Theory]
    [InlineData("https://example.com/me.png", "a server that every visitor would be sent to")]
    [InlineData("//example.com/me.png", "a server that every visitor would be sent to")]
    [InlineData("missing.png", "expected a picture that can be read")]
    [InlineData("../secret.png", "expected a picture in the résumé's folder or below")]
    [InlineData("cut.png", "expected a whole picture, found cut.png cut off or damaged")]
    [InlineData("notes.png", "expected a PNG, JPEG, GIF, WebP or AVIF picture")]
    [InlineData("data:image/png;base64,%%%", "expected a data: address in base64")]
    [InlineData("data:text/html;base64,PGI+", "expected a PNG, JPEG, GIF, WebP or AVIF picture")]
    [InlineData(".", "expected a picture that can be read")]
    public async Task Any_other_picture_is_left_out_and_says_so(string image, string complaint)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.png"), "not a picture", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "cut.png"), Png[..^3], TestContext.Current.CancellationToken);

        var site = await BuildAsync(WithImage(image), new() { ImageFolder = folder });

        Assert.Contains(complaint, Assert.Single(site.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", site.Text("index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("image", site.Text("resume.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_elsewhere_is_fetched_once_and_published_here()
    {
        List<Uri> asked = [];
        var site = await BuildAsync(WithImage("https://example.com/me.png"), new()
        {
            FetchPhoto = (address, _, _) =>
            {
                asked.Add(address);
                return Task.FromResult(Png);
            },
        });

        Assert.Empty(site.Warnings);
        Assert.Equal("https://example.com/me.png", Assert.Single(asked).AbsoluteUri);
        Assert.DoesNotContain("example.com", site.Text("index.html"), StringComparison.Ordinal);
        Assert.NotNull(SiteText.Html(site.Text("index.html")).QuerySelector("img.portrait"));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_fetched_is_left_out_and_told()
    {
        var site = await BuildAsync(WithImage("https://example.com/me.png"), new()
        {
            FetchPhoto = (_, _, _) => throw new HttpRequestException("gone"),
        });

        Assert.Equal("basics.image: expected a picture at https://example.com/me.png, found none: gone; left out", Assert.Single(site.Warnings));
    }

    [Fact]
    public async Task What_stays_in_a_picture_is_told()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "me.gif"), "GIF89a"u8.ToArray(), TestContext.Current.CancellationToken);

        var site = await BuildAsync(WithImage("me.gif"), new() { ImageFolder = folder });

        Assert.StartsWith("basics.image: what the file says beside the picture is published with it, as it is image/gif", Assert.Single(site.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_warnings_of_the_reading_are_passed_on()
    {
        var site = await BuildAsync(Resumes.WithWork("""{ "name": "Acme", "url": "javascript:alert(1)" }"""));

        Assert.Equal(
            "resume.json:1:71: work[0].url: expected a link with https:, http:, mailto: or tel:, found \"javascript:alert(1)\"; left out",
            Assert.Single(site.Warnings));
    }

    private static Resume WithImage(string image) =>
        Resumes.Parse($$"""{ "basics": { "name": "Jane Doe", "image": {{Resumes.Quoted(image)}} } }""");

    private static Task<BuiltSite> BuildAsync(Resume resume, SiteOptions? options = null) =>
        SiteBuilder.BuildAsync(resume, options ?? new(), TestContext.Current.CancellationToken);

    private static string Stylesheet(BuiltSite site) => site.Files.Single(file => file.Path.StartsWith("assets/site.", StringComparison.Ordinal)).Text();

    /// <summary>The path with the fingerprint taken out.</summary>
    private static string Name(string path) =>
        path.Split('.') is [var name, { Length: 12 }, var extension] ? $"{name}.#.{extension}" : path;

    private static long Compressed(SiteFile file)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(file.Content.Span);
        }

        return result.Length;
    }
}
