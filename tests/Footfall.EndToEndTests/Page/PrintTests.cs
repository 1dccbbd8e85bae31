using System.Globalization;
using System.Text;
using Footfall.EndToEndTests.Browser;
using Footfall.Site;

namespace Footfall.EndToEndTests.Page;

public sealed class PrintTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string PdfToText = "/usr/bin/pdftotext";
    private const int Jobs = 24;

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task No_entry_is_split_between_two_pages(string paper)
    {
        Prerequisite.RequireFile(PdfToText);
        var resume = ResumeReader.Parse(Encoding.UTF8.GetBytes(LongResume()), "resume.json");
        var site = await SiteBuilder.BuildAsync(resume, new(), TestContext.Current.CancellationToken);

        var pages = await PrintAsync(site.Files, paper);

        Assert.InRange(pages.Length, 3, 12);
        Assert.All(Enumerable.Range(0, Jobs), job => Assert.Equal(PageOf($"first{job:D2}"), PageOf($"last{job:D2}")));
        Assert.Equal(PageOf("Work"), PageOf("first00"));
        Assert.Equal(PageOf("References"), PageOf("Nobody"));

        int PageOf(string word) => Array.FindIndex(pages, page => page.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task What_only_a_screen_can_use_is_not_printed(string paper)
    {
        Prerequisite.RequireFile(PdfToText);

        var text = string.Concat(await PrintAsync(await ExampleSite.BuildAsync(new() { KnownVisits = 7 }), paper));

        Assert.Contains("Tamsin Okonjo-Vale", text, StringComparison.Ordinal);
        Assert.DoesNotContain("visits", text, StringComparison.Ordinal);
        Assert.DoesNotContain("JSON Resume", text, StringComparison.Ordinal);
    }

    /// <summary>Jobs of different lengths, so that page ends fall into all of their parts.</summary>
    private static string LongResume()
    {
        var jobs = Enumerable.Range(0, Jobs).Select(job =>
        {
            var highlights = Enumerable.Range(0, 1 + (job % 7)).Select(_ => "\"An achievement that takes its line.\"");
            var number = job.ToString("D2", CultureInfo.InvariantCulture);
            return $$"""
                { "position": "first{{number}}", "name": "Acme", "startDate": "2020", "summary": "One line.",
                  "highlights": [{{string.Join(", ", highlights)}}, "last{{number}}"] }
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

    /// <summary>The text of each printed page.</summary>
    private async Task<string[]> PrintAsync(IReadOnlyList<SiteFile> files, string paper)
    {
        await using var server = await SiteServer.StartAsync(files, ExampleSite.Api);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);
        var pdf = Path.GetTempFileName();
        await page.PdfAsync(new() { Path = pdf, Format = paper });
        var (_, text, _) = await ExternalProgram.RunAsync(PdfToText, "-layout", pdf, "-");
        File.Delete(pdf);
        return text.TrimEnd('\f').Split('\f');
    }
}
