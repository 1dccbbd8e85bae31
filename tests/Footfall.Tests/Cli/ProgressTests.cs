using System.Runtime.Versioning;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>What takes over two seconds says so on a terminal, and nowhere else: here, a browser that takes its time.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProgressTests : IDisposable
{
    private static readonly string Resume = Repository.File("tests", "example", "resume.json");
    private static readonly string[] Build = ["build", "--resume", Resume, "--pdf", "--chromium", "./browser"];

    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task On_a_terminal_it_says_how_long_it_has_taken()
    {
        WriteBrowser("until [ -e done ]; do sleep 0.1; done; exit 1");

        await using var footfall = FootfallProcess.StartOnTerminal(folder.FullName, Build);
        await footfall.WaitForAsync(process => process.Output, "making resume.pdf with the browser: ");
        await File.WriteAllTextAsync(folder.File("done"), "", TestContext.Current.CancellationToken);

        Assert.Equal(0, await footfall.WaitForExitAsync());
    }

    [Theory]
    [InlineData("build --private-pdf mine.pdf --chromium ./browser", "making mine.pdf with the browser: ")]
    [InlineData("check --pages 1", "printing resume.json with the browser: ")]
    public async Task So_do_what_is_printed_for_its_owner_and_what_is_only_counted(string line, string saying)
    {
        WriteBrowser("until [ -e done ]; do sleep 0.1; done; exit 1");
        File.CreateSymbolicLink(folder.File("chromium"), folder.File("browser"));

        await using var footfall = FootfallProcess.StartOnTerminal(folder.FullName, [.. line.Split(' '), "--resume", Resume]);
        await footfall.WaitForAsync(process => process.Output, saying);
        await File.WriteAllTextAsync(folder.File("done"), "", TestContext.Current.CancellationToken);

        Assert.Equal(1, await footfall.WaitForExitAsync());
    }

    [Fact]
    public async Task In_a_pipe_it_says_nothing()
    {
        WriteBrowser("sleep 3; exit 1");

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, Build);

        Assert.Equal(0, footfall.ExitCode);
        Assert.DoesNotContain("making", footfall.Output + footfall.Error, StringComparison.Ordinal);
    }

    private void WriteBrowser(string commands)
    {
        File.WriteAllText(folder.File("browser"), $"#!/bin/sh\n{commands}\n");
        File.SetUnixFileMode(folder.File("browser"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
