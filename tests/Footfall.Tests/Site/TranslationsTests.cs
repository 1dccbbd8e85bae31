using Footfall.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Site;

/// <summary>One résumé in several languages: a page for each, which know of each other.</summary>
public sealed class TranslationsTests
{
    private static readonly Uri Site = new("https://jane.example.com/");

    [Fact]
    public async Task Each_language_has_a_page_a_file_and_a_print_of_its_own()
    {
        var site = await BuildAsync("true", new() { SiteUrl = Site, HasPdf = true, HasPictures = true });

        Assert.Empty(site.Warnings);
        Assert.Equal(["de", "en", "pt-BR"], Pages(site).Select(page => page.DocumentElement.GetAttribute("lang")).Order());
        Assert.All(["resume.json", "resume.de.json", "resume.pt-BR.json"], path => Assert.NotNull(site.File(path)));
        Assert.Equal(
            ["preview.de.png", "preview.png", "preview.pt-BR.png", "resume.de.pdf", "resume.pdf", "resume.pt-BR.pdf", "touch-icon.png"],
            site.Prints.Select(print => print.Path).Order(StringComparer.Ordinal));
        Assert.Equal(site.Files.Count, site.Files.DistinctBy(file => file.Path).Count());
    }

    [Fact]
    public async Task Every_page_names_all_of_them_and_the_one_for_everybody_else()
    {
        var site = await BuildAsync("true", new() { SiteUrl = Site });

        Assert.All(Pages(site), page => Assert.Equal(
            [
                "en https://jane.example.com/", "x-default https://jane.example.com/",
                "de https://jane.example.com/de.html", "pt-BR https://jane.example.com/pt-BR.html",
            ],
            page.QuerySelectorAll("link[hreflang]").Select(link => $"{link.GetAttribute("hreflang")} {link.GetAttribute("href")}")));
        Assert.Equal("https://jane.example.com/de.html", SiteText.Html(site.Text("de.html")).QuerySelector("link[rel=canonical]")?.GetAttribute("href"));
        Assert.Equal(3, site.Text("sitemap.xml").Split("<loc>").Length - 1);
        Assert.Equal(9, site.Text("sitemap.xml").Split("hreflang=").Length - 1);
    }

    [Fact]
    public async Task A_reader_finds_the_other_languages_by_their_own_names()
    {
        var site = await BuildAsync("true", new());
        var links = SiteText.Html(site.Text("de.html")).QuerySelectorAll("nav a");

        Assert.Equal(["./ English", "de.html Deutsch", "pt-BR.html Português"], links.Select(link => $"{link.GetAttribute("href")} {link.TextContent}"));
        Assert.Equal("Deutsch", Assert.Single(links, link => link.GetAttribute("aria-current") == "page").TextContent);
        Assert.All(links.Select(link => link.GetAttribute("href")!).Where(href => href != "./"), href => Assert.NotNull(site.File(href)));
    }

    [Theory]
    [InlineData("true", "/ / /")]
    [InlineData("\"each\"", "/ /de /pt-BR")]
    public async Task They_are_counted_as_one_page_or_each_as_its_own(string count, string expected)
    {
        var site = await BuildAsync(count, new());

        Assert.Equal(expected, string.Join(' ', new[] { "index.html", "de.html", "pt-BR.html" }
            .Select(page => SiteText.Html(site.Text(page)).QuerySelector("[data-counter]")!.GetAttribute("data-counter"))));
        Assert.Equal(expected.Split(' ').Distinct(), site.Counters);
    }

    [Fact]
    public async Task A_page_in_one_language_has_no_switch()
    {
        var site = await SiteBuilder.BuildAsync(Resumes.Parse(Resumes.Complete), new() { SiteUrl = Site }, TestContext.Current.CancellationToken);

        Assert.Empty(SiteText.Html(site.Text("index.html")).QuerySelectorAll("nav, link[hreflang]"));
        Assert.DoesNotContain("hreflang", site.Text("sitemap.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_in_one_language_the_second_is_told()
    {
        var site = await SiteBuilder.BuildAsync(
            [In("en"), In("en")], new(), TestContext.Current.CancellationToken);

        Assert.Equal("expected each language once, found en again; the second résumé in it is left out", Assert.Single(site.Warnings));
    }

    [Theory]
    [InlineData("resume.json", "resume.json", "resume.json resume.de.json resume.en.json")]
    [InlineData("resume.de.json", "resume.json", "resume.de.json")]
    [InlineData("resume.json", null, "resume.en.json resume.de.json")]
    [InlineData("cv.json", null, "cv.json")]
    public async Task Translations_lie_beside_the_file(string named, string? also, string expected)
    {
        using var folder = new TemporaryDirectory();
        foreach (var file in new[] { "resume.de.json", "resume.en.json", "resume.old.json", "resume.schema.json", also }.OfType<string>())
        {
            await File.WriteAllTextAsync(folder.File(file), "{}", TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, string.Join(' ', ResumeFiles.Of(folder.File(named)).Select(Path.GetFileName)));
    }

    private static IEnumerable<AngleSharp.Html.Dom.IHtmlDocument> Pages(BuiltSite site) =>
        site.Files.Where(file => file.Path is "index.html" or "de.html" or "pt-BR.html").Select(file => SiteText.Html(file.Text()));

    private static Task<BuiltSite> BuildAsync(string count, SiteOptions options) => SiteBuilder.BuildAsync(
        [
            Resumes.Parse($$"""{ "basics": { "name": "Jane" }, "meta": { "language": "en", "footfall": { "count": {{count}} } } }"""),
            In("de"),
            In("pt-BR"),
        ],
        options,
        TestContext.Current.CancellationToken);

    private static Resume In(string language) =>
        Resumes.Parse($$"""{ "basics": { "name": "Jane" }, "meta": { "language": "{{language}}" } }""");
}
