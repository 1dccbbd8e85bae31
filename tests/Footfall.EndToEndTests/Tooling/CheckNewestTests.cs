using Footfall.EndToEndTests.Infra;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>A slow run does not deploy over a newer one, and nothing is deployed that main does not have.</summary>
public sealed class CheckNewestTests
{
    private const string Mine = "1111111111111111111111111111111111111111";

    // GitHub's answers: main's newest commit, and how it stands to the one that is asked about.
    private const string Gh = """
        #!/bin/sh
        case "$2" in
          repos/owner/footfall/git/ref/heads/main) echo "$MAIN" ;;
          repos/owner/footfall/compare/1111111111111111111111111111111111111111...2222222222222222222222222222222222222222) echo "$MAIN_IS" ;;
          *) exit 1 ;;
        esac
        """;

    [Theory]
    [InlineData(Mine, "identical", 0, "newest=yes")]
    [InlineData("2222222222222222222222222222222222222222", "ahead", 0, "newest=no")]
    [InlineData("2222222222222222222222222222222222222222", "diverged", 1, "")]
    [InlineData("2222222222222222222222222222222222222222", "behind", 1, "")]
    public async Task Only_mains_newest_commit_is_deployed(string main, string mainIs, int exitCode, string output)
    {
        using var folder = new TemporaryFolder();
        var (gh, told) = (Path.Combine(folder.Path, "gh"), Path.Combine(folder.Path, "output"));
        await File.WriteAllTextAsync(gh, Gh, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(told, "", TestContext.Current.CancellationToken);
        _ = (await Tool.RunAsync("chmod", ["+x", gh])).Expect();

        var ended = await Tool.RunAsync("script/check-newest", [Mine], new Dictionary<string, string?>
        {
            ["PATH"] = $"{folder.Path}:{Tool.SearchPath}",
            ["GITHUB_REPOSITORY"] = Terraform.Repository,
            ["GITHUB_OUTPUT"] = told,
            ["MAIN"] = main,
            ["MAIN_IS"] = mainIs,
        });

        _ = ended.Expect(exitCode);
        Assert.Equal(output, (await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken)).Trim());
    }
}
