using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The native <c>footfall</c> beside the managed one.</summary>
public sealed class NativeProgramTests(NativeProgram native)
{
    private const string TestSources = "tests/Footfall.Tests";

    private static readonly string Root = Prerequisite.RepositoryRoot;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_passes_every_test_that_starts_the_program()
    {
        var classes = Directory.GetFiles(Path.Combine(Root, TestSources), "*.cs", SearchOption.AllDirectories)
            .Where(file => StartsTheProgram(File.ReadAllText(file)))
            .SelectMany(file => new[] { "-class", $"*{Path.GetFileNameWithoutExtension(file)}" });
        var result = await Tool.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "../../Footfall.Tests/release/Footfall.Tests"),
            ["-noLogo", "-noColor", .. classes],
            new Dictionary<string, string?> { ["TESTED_FOOTFALL"] = await native.FileAsync() });

        Assert.Matches(@"Total: [1-9]\d+, Errors: 0, Failed: 0,", result.Expect().Output);
    }

    [Fact]
    public async Task It_builds_every_page_of_the_same_bytes()
    {
        using var folder = new TemporaryDirectory();
        var program = await native.FileAsync();
        var resumes = Directory.GetFiles(Path.Combine(Root, "tests"), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Root, file).Contains("resume", StringComparison.OrdinalIgnoreCase));
        foreach (var (index, resume) in resumes.Index())
        {
            var (managedOut, nativeOut) = (folder.File($"managed{index}"), folder.File($"native{index}"));
            await using var byManaged = await FootfallProcess.RunAsync(
                folder.FullName, ["build", "--resume", resume, "--out", managedOut]);
            var byNative = await Tool.RunAsync(program, ["build", "--resume", resume, "--out", nativeOut]);

            Assert.Equal(byManaged.ExitCode, byNative.ExitCode);
            _ = (await Tool.RunAsync("diff", ["-r", managedOut, nativeOut])).Expect();
        }
    }

    /// <summary>The aim is 17 MB and 8 MB; docs/benchmarks.md says what the program is made of.</summary>
    [Fact]
    public async Task It_is_small()
    {
        Assert.InRange(new FileInfo(await native.FileAsync()).Length, 1_000_000, 18_400_000);
        Assert.InRange(new FileInfo(await native.ArchiveAsync()).Length, 1_000_000, 8_500_000);
    }

    [Fact]
    public async Task Its_archive_has_what_belongs_beside_it()
    {
        var archive = await native.ArchiveAsync();
        var name = Path.GetFileName(archive)[..^".tar.gz".Length];
        var listed = (await Tool.RunAsync("tar", ["--list", "--gzip", "--verbose", "--file", archive])).Expect().Output;

        Assert.Matches($@"-rwxr-xr-x 0/0 +\d+ 1970-01-01 00:00 {name}/footfall\n", listed);
        Assert.All(
            [
                "LICENSE", "THIRD-PARTY-NOTICES.txt", "resume.json", "footfall.service",
                "footfall.1", "completion/footfall.bash", "completion/_footfall",
            ],
            file => Assert.Matches($@"-rw-r--r-- 0/0 +\d+ 1970-01-01 00:00 {name}/{file}\n", listed));
        Assert.DoesNotContain(".so", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_notices_name_every_package_that_is_linked_in()
    {
        Tool.Require("jq");
        var notices = await File.ReadAllTextAsync(
            Path.Combine(await native.FolderAsync(), "THIRD-PARTY-NOTICES.txt"), Cancellation);
        var packages = (await Tool.RunAsync(
            "jq",
            [
                "-r", """.targets[] | to_entries[] | select(.value.type == "package" and .value.runtime) | .key / "/" | .[0]""",
                $"artifacts/native/server/{NativeProgram.Platform}/obj/Footfall.Cli/project.assets.json",
            ])).Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package, notices, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("License notice for Brotli", notices, StringComparison.Ordinal);
    }

    private static bool StartsTheProgram(string source) =>
        source.Contains("FootfallProcess.", StringComparison.Ordinal)
        || source.Contains(": InterruptedImports", StringComparison.Ordinal);
}
