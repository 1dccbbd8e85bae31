using System.Text.RegularExpressions;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help", "footfall [command] [options]")]
    [InlineData("serve --help", "footfall serve --counter readme --origin https://jane.example.com")]
    [InlineData("build -h", "footfall build --resume me/resume.json --out public --site-url https://jane.example.com")]
    public async Task Help_shows_how_it_is_used(string line, string example)
    {
        using var folder = new TemporaryDirectory();
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, line.Split(' '));

        Assert.Equal(0, footfall.ExitCode);
        Assert.Equal("", footfall.Error);
        Assert.Contains(example, footfall.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Footfall.Cli", footfall.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("footfall ", "build", "export", "serve")]
    [InlineData("footfall bu", "build")]
    [InlineData("/usr/bin/footfall se", "serve")]
    [InlineData("footfall serve --re", "--resume")]
    public async Task A_shell_is_told_what_may_come_next(string typed, params string[] expected)
    {
        using var folder = new TemporaryDirectory();
        await using var footfall = await FootfallProcess.RunAsync(
            folder.FullName, ["complete", $"{typed.Length}", typed]);

        Assert.Equal("", footfall.Error);
        var lines = footfall.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(expected, word => Assert.Contains(word, lines));
        Assert.DoesNotContain("complete", footfall.Output, StringComparison.Ordinal);
        // A shell shows all that it is told: "--verbose" and "/?" are no way to go on.
        Assert.All(
            lines.Where(word => word.Length > 0),
            word => Assert.Matches($"^(?!/){Regex.Escape(typed[(typed.LastIndexOf(' ') + 1)..])}", word));
    }

    [Fact]
    public async Task The_manual_has_what_the_helps_say()
    {
        using var folder = new TemporaryDirectory();
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["manual"]);

        Assert.Equal(0, footfall.ExitCode);
        Assert.All(
            [
                ".TH FOOTFALL 1", "footfall \\- Puts a r\u00e9sum\u00e9 on the web", ".SS footfall serve", ".SS footfall link rename <KEY>",
                ".B \\-\\-resume <FILE>", ".B \\-h, \\-\\-help", "footfall build \\-\\-resume me/resume.json",
            ],
            text => Assert.Contains(text, footfall.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("complete", footfall.Output, StringComparison.Ordinal);
        // Where this fails: footfall manual >packaging/footfall.1
        Assert.Equal(await File.ReadAllTextAsync(Repository.File("packaging", "footfall.1"), TestContext.Current.CancellationToken), footfall.Output);
        Assert.DoesNotMatch(@"(?m)^['.](?!(TH|SH|SS|TP|PP|B|nf|fi|sp)\b)", footfall.Output);
    }

    [Fact]
    public async Task Where_a_failure_came_about_is_for_those_who_ask()
    {
        using var folder = new TemporaryDirectory();
        string[] line = ["build", "--resume", "missing.json"];
        await using var brief = await FootfallProcess.RunAsync(folder.FullName, line);
        await using var verbose = await FootfallProcess.RunAsync(folder.FullName, [.. line, "--verbose"]);

        Assert.Single(brief.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(brief.Error, verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at Footfall.Cli.", verbose.Error, StringComparison.Ordinal);
    }
}
