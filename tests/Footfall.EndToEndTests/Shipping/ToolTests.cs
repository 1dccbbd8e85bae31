using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The .NET tool, from its package.</summary>
public sealed class ToolTests
{
    [Fact]
    public async Task It_installs_from_a_folder_and_runs()
    {
        using var folder = new TemporaryDirectory();
        var package = (await Tool.RunAsync("script/package-tool", [])).Expect().Output.Trim().Split('\n')[^1];
        _ = (await Tool.RunAsync(
            "dotnet",
            [
                "tool", "install", "Footfall.Tool", "--tool-path", folder.File("bin"), "--prerelease",
                "--add-source", Path.GetFullPath(Path.GetDirectoryName(package)!, Prerequisite.RepositoryRoot),
            ])).Expect();
        var tool = folder.File("bin/footfall");
        var listed = (await Tool.RunAsync("unzip", ["-l", package])).Expect().Output;
        Assert.Contains("package-readme.md", listed, StringComparison.Ordinal);

        await using (var init = FootfallProcess.StartProgram([tool], folder.FullName, ["init", "--name", "Jane Doe"]))
        {
            Assert.Equal(0, await init.WaitForExitAsync());
        }

        await using var footfall = FootfallProcess.StartProgram([tool], folder.FullName, ["serve", "--port", "0"]);
        using var visitor = new Visitor(await footfall.WaitForUrlAsync());
        Assert.Contains("Jane Doe", await visitor.ReadPageAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"visit"}""", await visitor.VisitAsync());
    }
}
