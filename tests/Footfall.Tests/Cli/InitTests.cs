using System.CommandLine;
using Footfall.Cli.Commands;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall init</c> as its owner meets it.</summary>
public sealed class InitTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Jane Doe")]
    [InlineData("Zoë \"Zed\" O\\Neil 张伟")]
    public async Task What_it_begins_makes_a_page(string name)
    {
        await using var init = await RunAsync("init", "--name", name, "--site-url", "https://jane.example.com/cv");
        Assert.Equal("", init.Error);
        Assert.Contains("footfall build", init.Output, StringComparison.Ordinal);

        await using var build = await RunAsync("build");
        Assert.Equal("", build.Error);
        var page = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(folder.File("dist/index.html"), Cancellation));
        Assert.Contains(name, page, StringComparison.Ordinal);
        Assert.Contains("jane.example.com", page, StringComparison.Ordinal);
        Assert.Contains("\"$schema\"", await File.ReadAllTextAsync(folder.File("resume.json"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_a_résumé_over_as_it_is()
    {
        const string Other = """{ "basics": { "name": "Jane" }, "unheard-of": 1 }""";
        await File.WriteAllTextAsync(folder.File("other.json"), Other, Cancellation);

        await using var init = await RunAsync("init", "--from", "other.json", "--resume", "mine.json");

        Assert.Equal(0, init.ExitCode);
        Assert.Equal(Other, await File.ReadAllTextAsync(folder.File("mine.json"), Cancellation));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        await File.WriteAllTextAsync(folder.File("resume.json"), "mine", Cancellation);

        await using var init = await RunAsync("init", "--name", "Jane");

        Assert.Equal(1, init.ExitCode);
        Assert.StartsWith("footfall: resume.json is there already", init.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("resume.json"), Cancellation));
    }

    [Theory]
    [InlineData("Whose résumé is it?")]
    [InlineData("'jane' is no address", "--name", "Jane", "--site-url", "jane")]
    [InlineData("missing.json is not there. Write one (https://jsonresume.org/schema), or name another with --from FILE.", "--from", "missing.json")]
    [InlineData("--name: a name is a line of text", "--name", "")]
    [InlineData("--name: a name is a line of text", "--name", "Jane\nDoe")]
    [InlineData("goes with neither", "--from", "missing.json", "--name", "Jane")]
    [InlineData("nowhere/resume.json cannot be made", "--name", "Jane", "--resume", "nowhere/resume.json")]
    public async Task What_cannot_be_done_is_said_in_a_line(string message, params string[] arguments)
    {
        await using var init = await RunAsync(["init", .. arguments]);

        Assert.Equal(1, init.ExitCode);
        Assert.Contains(message, init.Error, StringComparison.Ordinal);
        Assert.Single(init.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task A_name_of_a_file_can_be_copied_from_what_it_says()
    {
        await using var init = await RunAsync("init", "--name", "Jane", "--resume", "Jane's own.json");

        Assert.Contains(@"footfall build --resume 'Jane'\''s own.json'", init.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Jane Doe\nhttps://jane.example.com\n", 0, "\"url\": \"https://jane.example.com/\"")]
    [InlineData("Jane Doe\n\n", 0, "\"name\": \"Jane Doe\"")]
    [InlineData("Jane Doe", 0, "\"name\": \"Jane Doe\"")]
    [InlineData("\n", 1, null)]
    [InlineData("", 1, null)]
    public async Task At_a_terminal_it_asks(string typed, int exitCode, string? written)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var file = folder.File("asked.json");

        var code = await CommandLine.RunAsync(
            new Command("footfall") { InitCommand.Create(new StringReader(typed)) }, ["init", "--resume", file], output, error);

        Assert.Equal(exitCode, code);
        Assert.StartsWith("Your name: ", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(written is null, !File.Exists(file));
        Assert.Contains(written ?? "", File.Exists(file) ? await File.ReadAllTextAsync(file, Cancellation) : "", StringComparison.Ordinal);
        Assert.Equal(typed.Length == 0, output.ToString() == $"Your name: {Environment.NewLine}");
    }

    private Task<FootfallProcess> RunAsync(params string[] line) => FootfallProcess.RunAsync(folder.FullName, line);
}
