using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

public sealed class ReleaseTests(NativeProgram native)
{
    [Fact]
    public async Task The_changelog_the_sources_and_the_program_are_of_one_version()
    {
        var program = await native.FileAsync();
        var version = (await Tool.RunAsync(program, ["--version"])).Expect().Output.Trim();

        var notes = (await Tool.RunAsync("script/check-release", [$"v{version}"])).Expect().Output;
        Assert.Contains("### ", notes, StringComparison.Ordinal);
        Assert.Contains($"footfall-{version}-", program, StringComparison.Ordinal);
        var mistaken = (await Tool.RunAsync("script/check-release", ["v0.0.1"])).Expect(exitCode: 1).Output;
        Assert.Contains($"expected v{version}", mistaken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- **Breaking:** this.\n- That.\n", 0)]
    [InlineData("- That.\n- **Breaking:** this.\n", 1)]
    public async Task What_breaks_stands_first_in_the_changelog(string changes, int exitCode)
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.File("script"));
        foreach (var file in new[] { "script/check-release", "Directory.Build.props" })
        {
            File.Copy(Path.Combine(Prerequisite.RepositoryRoot, file), folder.File(file));
        }

        var version = Path.GetFileName(await native.FolderAsync()).Split('-')[1];
        await File.WriteAllTextAsync(
            folder.File("CHANGELOG.md"),
            $"## [{version}] - 2026-11-26\n\n### Added\n\n- More.\n\n### Changed\n\n{changes}",
            TestContext.Current.CancellationToken);

        _ = (await Tool.RunAsync(folder.File("script/check-release"), [])).Expect(exitCode);
    }

    [Fact]
    public async Task Its_bill_of_materials_names_what_is_linked_in()
    {
        var file = $"{await native.FolderAsync()}.cdx.json";
        var materials = (await Tool.RunAsync(
            "jq", ["-r", """.bomFormat, (.components[] | select(.scope == "required") | .purl)""", file])).Expect().Output;

        Assert.StartsWith("CycloneDX", materials, StringComparison.Ordinal);
        Assert.All(
            ["pkg:generic/sqlite@3.", "pkg:nuget/AWSSDK.SecurityToken@", "pkg:nuget/System.CommandLine@", ".NativeAOT."],
            part => Assert.Contains(part, materials, StringComparison.Ordinal));
    }
}
