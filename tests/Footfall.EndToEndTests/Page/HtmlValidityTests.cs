using System.IO.Compression;
using Footfall.Site;

namespace Footfall.EndToEndTests.Page;

public sealed class HtmlValidityTests
{
    [Fact]
    public async Task No_checker_has_anything_to_say_about_any_page_or_style()
    {
        var checker = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "html-checker", "vnu.jar");
        var linter = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "page", "node_modules", "html-validate", "bin", "html-validate.mjs");
        Prerequisite.RequireFile(checker);
        Prerequisite.RequireFile(linter);
        var folder = Directory.CreateTempSubdirectory("footfall-html-");
        foreach (var name in MeasuredPages.Names)
        {
            foreach (var file in (await MeasuredPages.BuildAsync(name.Data)).Files.Where(IsChecked))
            {
                var path = Path.Combine(folder.FullName, $"{name.Data}-{file.Path.Replace('/', '-')}");
                await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
            }
        }

        var configuration = Path.Combine(Prerequisite.RepositoryRoot, "tests/Footfall.EndToEndTests/Page/tools/htmlvalidate.json");
        var (exitCode, _, report) = await ExternalProgram.RunAsync(
            "java", "-jar", checker, "--also-check-css", folder.FullName);
        var (lintCode, lint, _) = await ExternalProgram.RunAsync("node", linter, "--config", configuration, folder.FullName);

        folder.Delete(recursive: true);
        Assert.Equal((0, ""), (exitCode, report));
        Assert.Equal((0, ""), (lintCode, lint));
    }

    [Fact]
    public async Task Every_page_is_light()
    {
        foreach (var name in MeasuredPages.Names)
        {
            var files = (await MeasuredPages.BuildAsync(name.Data)).Files;

            Assert.InRange(Compressed(files.Single(file => file.Path == "index.html")), 1, 14_000);
            Assert.InRange(
                files.Where(file => file.Path is "index.html" or "favicon.svg" || file.Path.StartsWith("assets/site.", StringComparison.Ordinal) || file.Path.StartsWith("assets/counter.", StringComparison.Ordinal)).Sum(Compressed),
                1,
                12_000);
        }
    }

    [Fact]
    public async Task The_owners_page_is_light()
    {
        var files = (await MeasuredPages.BuildAsync("example")).Files;

        Assert.InRange(files.Where(file => file.Path.Contains("stats", StringComparison.Ordinal)).Sum(Compressed), 1, 10_000);
    }

    private static bool IsChecked(SiteFile file) => Path.GetExtension(file.Path) is ".html" or ".css";

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
