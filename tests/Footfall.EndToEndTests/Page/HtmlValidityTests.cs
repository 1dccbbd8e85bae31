using Footfall.Site;

namespace Footfall.EndToEndTests.Page;

public sealed class HtmlValidityTests
{
    [Fact]
    public async Task The_W3C_checker_has_nothing_to_say_about_any_page_or_style()
    {
        var checker = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "html-checker", "vnu.jar");
        Prerequisite.RequireFile(checker);
        var folder = Directory.CreateTempSubdirectory("footfall-html-");
        var files = await ExampleSite.BuildAsync(new() { KnownVisits = 7, SiteUrl = new("https://jane.example.com/") });
        foreach (var file in files.Where(IsChecked))
        {
            var path = Path.Combine(folder.FullName, Path.GetFileName(file.Path));
            await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        }

        var (exitCode, _, report) = await ExternalProgram.RunAsync(
            "java", "-jar", checker, "--also-check-css", folder.FullName);

        folder.Delete(recursive: true);
        Assert.Equal((0, ""), (exitCode, report));
    }

    private static bool IsChecked(SiteFile file) => Path.GetExtension(file.Path) is ".html" or ".css";
}
