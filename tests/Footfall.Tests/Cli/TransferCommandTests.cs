using System.CommandLine;
using Footfall.Cli.Commands;
using Footfall.Cli.Settings;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall export</c> and <c>footfall import</c>, as they are typed.</summary>
public sealed class TransferCommandTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("counts.jsonl")]
    [InlineData("counts.csv")]
    public async Task An_export_is_imported_elsewhere_once(string name)
    {
        var file = directory.File(name);
        await SucceedAsync("import", "--start", "1234", "--data", Data("first"));
        await SucceedAsync("import", "--start", "7", "--counter", "readme", "--data", Data("first"));
        await SucceedAsync("export", "--data", Data("first"), "--out", file);

        Assert.Contains("1241 visits", await SucceedAsync("import", file, "--data", Data("second")), StringComparison.Ordinal);
        Assert.Contains("Nothing was new", await SucceedAsync("import", file, "--data", Data("second")), StringComparison.Ordinal);

        Assert.Equal(
            EntriesOf(await SucceedAsync("export", "--data", Data("first"))),
            EntriesOf(await SucceedAsync("export", "--data", Data("second"))));
    }

    [Fact]
    public async Task A_starting_number_may_grow_and_is_added_once()
    {
        await SucceedAsync("import", "--start", "100", "--data", Data("one"));
        await SucceedAsync("import", "--start", "100", "--data", Data("one"));
        await SucceedAsync("import", "--start", "150", "--data", Data("one"));
        await SucceedAsync("import", "--start", "20", "--data", Data("one"));

        Assert.Contains(
            "\"visits\":150,", await SucceedAsync("export", "--data", Data("one")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_the_name_csv_is_csv_and_a_format_wins_over_the_name()
    {
        await SucceedAsync("import", "--start", "5", "--data", Data("one"));
        await SucceedAsync("export", "--data", Data("one"), "--out", directory.File("a.csv"));
        await SucceedAsync("export", "--data", Data("one"), "--out", directory.File("b.csv"), "--format", "jsonl");

        Assert.StartsWith("# footfall ledger", await ReadAsync("a.csv"), StringComparison.Ordinal);
        Assert.StartsWith("{\"footfall\"", await ReadAsync("b.csv"), StringComparison.Ordinal);
        Assert.StartsWith(
            "# footfall ledger", await SucceedAsync("export", "--data", Data("one"), "--format", "csv"), StringComparison.Ordinal);
    }

    public static TheoryData<string[], string> Mistakes => new()
    {
        { ["import"], "a FILE, or --start N, or --from-table NAME" },
        { ["import", "a.jsonl", "--start", "1"], "a FILE, or --start N, or --from-table NAME" },
        { ["import", "no-such-file"], "no-such-file cannot be read" },
        { ["import", "--start", "many"], "'many' is no number of visits" },
        { ["import", "--start", "0"], "'0' is no number of visits" },
        { ["import", "--start", "-5"], "no number of visits" },
        { ["import", "--start", "1", "--counter", "a b"], "--counter: 'a b' is no counter key" },
        { ["import", "--start", "1", "--data", "d", "--table", "t"], "this is for --store dynamodb" },
        { ["export", "--data", "nowhere"], "There are no counts at" },
        { ["export", "--format", "xml"], "'xml' is no format" },
        { ["table"], "footfall table --help" },
        { ["table", "create"], "footfall" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_line_that_says_what_is_right(string[] arguments, string expected)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.StartsWith("footfall: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_damaged_file_changes_nothing_and_is_named_with_its_line()
    {
        var file = directory.File("counts.jsonl");
        await SucceedAsync("import", "--start", "5", "--data", Data("one"));
        await SucceedAsync("export", "--data", Data("one"), "--out", file);
        var content = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, content[..^20], TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync("import", file, "--data", Data("two"));

        Assert.Equal(1, code);
        Assert.Contains($"{file}, line 2: found no JSON object", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data("two")));
    }

    private string Data(string name) => directory.File(name);

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(directory.File(name), TestContext.Current.CancellationToken);

    private static string[] EntriesOf(string export) => export.Split('\n')[1..];

    private static async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, error));
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var settings = new SettingsReader(new Dictionary<string, string>(), "no-such-settings.json");
        var root = new Command("footfall")
        {
            ExportCommand.Create(settings, TimeProvider.System, Random.Shared),
            ImportCommand.Create(settings, TimeProvider.System, Random.Shared),
            TableCommand.Create(TimeProvider.System),
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(root, arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
