using Footfall.EndToEndTests.Browser;
using Footfall.Site;
using UglyToad.PdfPig;

namespace Footfall.EndToEndTests.Page;

/// <summary>A site's first page as Chromium prints it, and as different programs read that.</summary>
internal sealed record PrintedPage(string ScreenText, IReadOnlyList<string> Pages, string Raw, string Words, byte[] Pdf)
{
    private const string PdfToText = "/usr/bin/pdftotext";

    /// <param name="paper"><c>A4</c> or <c>Letter</c>.</param>
    public static async Task<PrintedPage> PrintAsync(ChromiumFixture chromium, IReadOnlyList<SiteFile> files, string paper)
    {
        Prerequisite.RequireFile(PdfToText);
        await using var server = await SiteServer.StartAsync(files, ExampleSite.Api);
        var page = await (await chromium.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        var shown = await page.EvaluateAsync<string>("document.body.innerText");
        var pdf = await page.PdfAsync(new() { Format = paper, Tagged = true, PreferCSSPageSize = false });
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, pdf);
        var (_, text, _) = await ExternalProgram.RunAsync(PdfToText, path, "-");
        var (_, raw, _) = await ExternalProgram.RunAsync(PdfToText, "-raw", path, "-");
        File.Delete(path);
        using var document = PdfDocument.Open(pdf);
        var words = document.GetPages().SelectMany(printed => printed.GetWords()).Select(word => word.Text);
        return new(shown, text.TrimEnd('\f').Split('\f'), raw, string.Join(' ', words), pdf);
    }

    /// <summary>The characters of a text without the space between them and without what only marks or splits a line.</summary>
    public static string Characters(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '\f' or '\u00ad')));
}
