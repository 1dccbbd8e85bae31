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
}
