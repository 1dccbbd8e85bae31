using System.Text;
using System.Text.Json;
using Footfall.Site;

namespace Footfall.Tests.Site;

/// <summary>What <c>meta.footfall</c> and variants make of one file.</summary>
public sealed class PreferencesTests
{
    private const string Tagged = """
        {
          "basics": { "name": "Jane" },
          "work": [
            { "name": "Acme", "tags": ["backend"], "highlights": ["For all", { "text": "For the web", "tags": "frontend" }] },
            { "name": "Bolt", "tags": ["frontend", "design"] },
            { "name": "Everywhere" }
          ]
        }
        """;

    [Theory]
    [InlineData(null, "Acme, Bolt, Everywhere", "For all, For the web")]
    [InlineData("backend", "Acme, Everywhere", "For all")]
    [InlineData("design", "Bolt, Everywhere", "")]
    public async Task A_variant_has_what_carries_its_tag_or_none(string? variant, string work, string highlights)
    {
        var resume = ResumeReader.Parse(Encoding.UTF8.GetBytes(Tagged), "resume.json", new() { Variant = variant });

        Assert.Equal(work, string.Join(", ", resume.Work.Select(entry => entry.Name)));
        Assert.Equal(highlights, string.Join(", ", resume.Work[0].Highlights));
        Assert.All((await BuildAsync(resume)).Files, file =>
            Assert.Equal(variant is null && file.Path is "index.html" or "resume.json", variant is null && file.Text().Contains("For the web", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_variant_that_nothing_carries_is_refused() => Assert.StartsWith(
        "resume.json:1:1: expected entries with the tag \"nobody\" for --variant, found none",
        Assert.Throws<ResumeException>(() =>
            ResumeReader.Parse(Encoding.UTF8.GetBytes(Tagged), "resume.json", new() { Variant = "nobody" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task What_is_left_out_is_in_no_file()
    {
        var resume = Parse(""" "leaveOut": ["basics.phone", "basics.location.address", "references", "work.summary"] """);

        var site = await BuildAsync(resume);

        Assert.Empty(resume.Warnings);
        Assert.All(site.Files.Where(file => file.Path.EndsWith("html", StringComparison.Ordinal) || file.Path == "resume.json"), file =>
        {
            var text = file.Text();
            Assert.All(
                new[] { "0143", "Dock Road", "Never saw a better seam", "Led the shop" },
                secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void What_is_not_there_to_be_left_out_is_told() => Assert.Equal(
        "expected a section or a field such as basics.phone, found \"basics.fax\", which the file does not have",
        Assert.Single(Parse(""" "leaveOut": ["basics.fax"] """).Warnings).Message);

    [Fact]
    public async Task Sections_have_the_owners_order_and_headings()
    {
        var page = await HomeAsync(Parse(""" "sections": ["skills", "work"], "titles": { "work": "Career", "about": "Jane in brief" } """));

        Assert.Equal(
            ["Skills", "Career", "Jane in brief", "Projects"],
            page.QuerySelectorAll("main > section > h2").Select(heading => heading.TextContent).Take(4));
    }

    [Theory]
    [InlineData(""" "accent": "#7a1f5c" """, "#7a1f5c")]
    [InlineData(""" "accent": "#036" """, "#036")]
    [InlineData(""" "accent": { "light": "#7a1f5c", "dark": "#ffb3e6" } """, "#7a1f5c #ffb3e6")]
    public async Task The_page_has_the_owners_colour(string json, string expected)
    {
        var resume = Parse(json);
        var site = await BuildAsync(resume);
        var stylesheet = site.Files.Single(file => file.Path.EndsWith(".css", StringComparison.Ordinal) && file.Path.Contains("/site.", StringComparison.Ordinal)).Text();

        Assert.Empty(resume.Warnings);
        Assert.All(expected.Split(' '), color => Assert.Contains($"--accent: {color};", stylesheet, StringComparison.Ordinal));
        Assert.Contains($"fill=\"{expected.Split(' ')[0]}\"", site.Text("favicon.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "accent": "#ffd400" """, "expected a contrast of at least 4.5 to the light ground #fcfcfa, found 1.39 of #ffd400; not heeded")]
    [InlineData(""" "accent": { "light": "#7a1f5c", "dark": "#333" } """, "expected a contrast of at least 4.5 to the dark ground #131716, found 1.43 of #333; not heeded")]
    [InlineData(""" "accent": "red" """, "expected a colour such as #0d5245, found \"red\"; not heeded")]
    [InlineData(""" "accent": "#fff;}body{display:none" """, "expected a colour such as #0d5245, found \"#fff;}body{display:none\"; not heeded")]
    [InlineData(""" "accent": 7 """, "expected a colour such as \"#0d5245\", or { \"light\": …, \"dark\": … }, found a number; not heeded")]
    public void A_colour_that_nobody_can_read_is_refused_with_its_contrast(string json, string expected)
    {
        var resume = Parse(json);

        Assert.Equal(expected, Assert.Single(resume.Warnings).Message);
        Assert.Equal(Accent.Default, resume.Accent);
    }

    [Fact]
    public async Task What_is_for_the_printed_copy_only_is_in_no_file_that_is_published()
    {
        const string Preferences = """ "printOnly": ["basics.phone", "basics.location.address"] """;
        var site = await SiteBuilder.BuildAsync(Parse(Preferences), new() { HasPdf = true, SiteUrl = new("https://jane.example.com/") }, TestContext.Current.CancellationToken);
        var copy = await SiteBuilder.BuildAsync(Parse(Preferences, new() { ForPrint = true }), new() { HasPdf = true }, TestContext.Current.CancellationToken);

        Assert.Empty(site.Warnings);
        Assert.All(site.Files.Concat(site.Prints.Select(print => print.Draft)).Where(file => !file.ContentType.StartsWith("font", StringComparison.Ordinal)), file =>
        {
            Assert.DoesNotContain("0143", file.Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("Dock Road", file.Text(), StringComparison.Ordinal);
        });
        var draft = Assert.Single(copy.Prints).Draft.Text();
        Assert.Contains("0143", draft, StringComparison.Ordinal);
        Assert.Contains("Dock Road", draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owners_stylesheet_comes_after_the_pages_and_what_does_nothing_in_it_is_told()
    {
        var css = Encoding.UTF8.GetBytes("@import 'x.css'; h1 { background: URL(https://example.com/a.png) }");
        var site = await SiteBuilder.BuildAsync(Resumes.Parse(Resumes.Complete), new() { Stylesheet = css }, TestContext.Current.CancellationToken);
        var links = SiteText.Html(site.Text("index.html")).QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!).ToList();

        Assert.StartsWith("assets/own.", links[^1], StringComparison.Ordinal);
        Assert.Equal(css, site.File(links[^1]).Content.ToArray());
        Assert.Equal(["--css: @import does nothing", "--css: url(…) does nothing"], site.Warnings.Select(warning => warning.Split(": only")[0]));
    }

    [Fact]
    public async Task Search_engines_are_asked_to_leave_a_page_out()
    {
        Assert.Equal("noindex", (await HomeAsync(Parse(""" "noindex": true """))).QuerySelector("meta[name=robots]")?.GetAttribute("content"));
        Assert.Null((await HomeAsync(Parse(""" "noindex": false """))).QuerySelector("meta[name=robots]"));
    }

    [Fact]
    public async Task A_page_without_a_count_has_no_place_for_it_and_asks_nobody()
    {
        var page = await HomeAsync(Parse(""" "count": false """));

        Assert.DoesNotContain(page.Scripts, script => script.Source is not null);
        Assert.Empty(page.QuerySelectorAll("[data-counter], [data-not-counted], details"));
    }

    [Theory]
    [InlineData(""" "colour": "red" """, "expected sections, titles, leaveOut, printOnly, accent, noindex or count, found none of them; not heeded")]
    [InlineData(""" "noindex": "yes" """, "expected true or false, found text; read as false")]
    [InlineData(""" "sections": "work" """, "expected a list of texts, found text; not heeded")]
    [InlineData(""" "titles": { "wrok": "Career" } """, "expected a section's name (about, work, projects, volunteer, education, certificates, awards, publications, skills, languages, interests, references), found \"wrok\"; not heeded")]
    public void What_is_no_preference_is_told(string json, string expected) =>
        Assert.Equal(expected, Assert.Single(Parse(json).Warnings).Message);

    [Fact]
    public void Editors_are_told_the_same_names()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.File("docs", "resume.schema.json")));
        var names = schema.RootElement.GetProperty("properties").GetProperty("meta").GetProperty("properties")
            .GetProperty("footfall").GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();

        Assert.Equal(
            $"expected {string.Join(", ", names.SkipLast(1))} or {names[^1]}, found none of them; not heeded",
            Assert.Single(Parse(""" "unheard": 1 """).Warnings).Message);
    }

    private static Resume Parse(string preferences, ReadingOptions? options = null) => ResumeReader.Parse(
        Encoding.UTF8.GetBytes(Resumes.Complete.Replace(
            "\"meta\": {", $$"""
            "meta": { "footfall": { {{preferences}} },
            """, StringComparison.Ordinal)),
        "resume.json",
        options);

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> HomeAsync(Resume resume) =>
        SiteText.Html((await BuildAsync(resume)).Text("index.html"));

    private static Task<BuiltSite> BuildAsync(Resume resume) =>
        SiteBuilder.BuildAsync(resume, new(), TestContext.Current.CancellationToken);
}
