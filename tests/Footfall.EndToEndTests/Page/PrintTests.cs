using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Browser;
using Footfall.Site;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Tokens;

namespace Footfall.EndToEndTests.Page;

public sealed partial class PrintTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const int Jobs = 24;

    /// <summary>What applicant systems call the sections that they look for.</summary>
    private static readonly string[] KnownHeadings =
    [
        "About", "Work", "Projects", "Volunteering", "Education", "Certificates", "Awards", "Publications", "Skills",
        "Languages", "Interests", "References",
    ];

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task Every_reader_gets_the_words_in_the_order_of_the_page(string paper)
    {
        var printed = await PrintedPage.PrintAsync(chromium, await ExampleSite.BuildAsync(), paper);

        var expected = PrintedPage.Characters(printed.ScreenText);
        Assert.StartsWith("TamsinOkonjoValePlatform", expected, StringComparison.Ordinal);
        Assert.Equal(expected, PrintedPage.Characters(string.Concat(printed.Pages)));
        Assert.Equal(expected, PrintedPage.Characters(printed.Raw));
        Assert.Equal(expected, PrintedPage.Characters(printed.Words));
        Assert.Equal(2, printed.Pages.Count);
    }

    [Fact]
    public async Task An_applicant_system_finds_who_what_and_when()
    {
        var printed = await PrintedPage.PrintAsync(chromium, await ExampleSite.BuildAsync(), "A4");

        var lines = string.Concat(printed.Pages).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        Assert.Equal("Tamsin Okonjo-Vale", lines[0]);
        Assert.Equal(KnownHeadings, lines.Where(line => KnownHeadings.Contains(line)));
        var contacts = string.Join(' ', lines.TakeWhile(line => line != "About")).Replace('\u00a0', ' ');
        Assert.Contains("E-mail tamsin@example.com", contacts, StringComparison.Ordinal);
        Assert.Contains("Phone +44 117 496 0143", contacts, StringComparison.Ordinal);
        var work = lines.SkipWhile(line => line != "Work").TakeWhile(line => line != "Projects").ToList();
        var jobs = work.Where(line => DatedJob().IsMatch(line)).ToList();
        Assert.Equal(
            [
                "Principal engineer, platform · Mar 2021 – Present",
                "Senior site reliability engineer · Sep 2017 – Feb 2021",
                "Software engineer · Oct 2013 – Aug 2017",
            ],
            jobs);
        Assert.Equal("Harbourline Freight, Bristol and remote", work[work.IndexOf(jobs[0]) + 1]);
        Assert.DoesNotContain(lines, line => line.Any(c => c is >= '\uE000' and <= '\uF8FF' or '\uFFFD'));
    }

    [Fact]
    public async Task The_file_has_a_title_a_language_tags_and_links()
    {
        var printed = await PrintedPage.PrintAsync(chromium, await ExampleSite.BuildAsync(), "A4");

        using var document = PdfDocument.Open(printed.Pdf);
        var catalog = document.Structure.Catalog.CatalogDictionary;
        Assert.Equal("Tamsin Okonjo-Vale – Platform and reliability engineer", document.Information.Title);
        Assert.True(catalog.TryGet(NameToken.Lang, out StringToken language));
        Assert.Equal("en", language.Data);
        Assert.True(catalog.ContainsKey(NameToken.StructTreeRoot));
        var links = document.GetPages().SelectMany(page => page.GetAnnotations()).Where(note => note.Type == AnnotationType.Link);
        Assert.Equal(
            ["mailto:tamsin@example.com", "tel:+441174960143", "https://tamsin.example.com/"],
            links.Select(link => ((UglyToad.PdfPig.Actions.UriAction)link.Action!).Uri).Take(3));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task Entries_break_between_bullets_and_nothing_stands_alone(string paper)
    {
        var resume = ResumeReader.Parse(Encoding.UTF8.GetBytes(LongResume()), "resume.json");
        var site = await SiteBuilder.BuildAsync(resume, new(), TestContext.Current.CancellationToken);

        var printed = await PrintedPage.PrintAsync(chromium, site.Files, paper);

        Assert.Equal(PrintedPage.Characters(printed.ScreenText), PrintedPage.Characters(printed.Raw));
        Assert.InRange(printed.Pages.Count, 3, 12);
        var pages = printed.Pages.Select(page => page.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.All(pages, lines => Assert.DoesNotMatch("^(Work|References|title|Acme|first)", lines[^1]));
        Assert.All(pages.Skip(1), lines => Assert.DoesNotMatch("^– last", lines[0]));

        // An entry that does not fit is not pushed to the next page as a whole: all pages but the last are full.
        var full = pages.Take(pages.Count - 1).Select(lines => lines.Length).ToList();
        Assert.All(full, count => Assert.InRange(count, full.Max() * 9 / 10, full.Max()));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task What_only_a_screen_can_use_is_not_printed(string paper)
    {
        var printed = await PrintedPage.PrintAsync(chromium, await ExampleSite.BuildAsync(new() { KnownVisits = 7 }), paper);

        Assert.Contains("Tamsin Okonjo-Vale", printed.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("visits", printed.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("JSON Resume", printed.Raw, StringComparison.Ordinal);
    }

    /// <summary>Jobs of different lengths, so that page ends fall into all of their parts.</summary>
    private static string LongResume()
    {
        var jobs = Enumerable.Range(0, Jobs).Select(job =>
        {
            var highlights = Enumerable.Range(0, 3 + (job % 7)).Select(_ => "\"an achievement that takes its line and is told in its own words\"");
            var number = job.ToString("D2", CultureInfo.InvariantCulture);
            return $$"""
                { "position": "title{{number}}", "name": "Acme {{number}}", "startDate": "2020", "summary": "One line.",
                  "highlights": ["first{{number}}", {{string.Join(", ", highlights)}}, "last{{number}}"] }
                """;
        });
        return $$"""
            {
              "basics": { "name": "Jane Doe" },
              "work": [{{string.Join(", ", jobs)}}],
              "references": [{ "name": "Nobody", "reference": "Nothing." }]
            }
            """;
    }

    [GeneratedRegex(@"^.+ · [A-Z][a-z]{2} [0-9]{4} – ([A-Z][a-z]{2} [0-9]{4}|Present)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DatedJob();
}
