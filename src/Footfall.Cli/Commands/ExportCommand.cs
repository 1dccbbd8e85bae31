using System.CommandLine;
using System.Text;
using Footfall.Cli.Files;
using Footfall.Cli.Printing;
using Footfall.Cli.Settings;
using Footfall.Transfer;

namespace Footfall.Cli.Commands;

/// <summary>Writes everything that is counted to a file, for a spreadsheet, a backup or another store.</summary>
internal static class ExportCommand
{
    private const string Notes = """
        Examples:
          footfall export > counts.jsonl
          footfall export --out counts.csv
          footfall export --store dynamodb --table footfall --out counts.jsonl

        What is written are the sums by counter and day. What could recognise a visitor is not among it.
        """;

    private const string Csv = "csv";
    private const string JsonLines = "jsonl";

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "The file to write. [default: what is shown here]",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Format = new("--format")
    {
        Description = $"{JsonLines} (JSON Lines) or {Csv}. [default: as the file's name ends, otherwise {JsonLines}]",
        HelpName = "FORMAT",
    };

    public static Command Create(SettingsReader reader, TimeProvider clock, Random dice)
    {
        var command = new CommandWithNotes("export", "Writes everything that is counted.", Notes) { Out, Format };
        var counts = new CountsOptions(command, reader);
        command.SetAction((line, stop) => RunAsync(line, counts, clock, dice, stop));
        return command;
    }

    private static async Task RunAsync(
        ParseResult line, CountsOptions options, TimeProvider clock, Random dice, CancellationToken stop)
    {
        var isCsv = IsCsv(line.GetValue(Format), line.GetValue(Out));
        using var content = new MemoryStream();
        await using (var counts = await options.OpenAsync(line, mayBeNew: false, clock, dice, stop))
        {
            await using var progress = new Progress(line.InvocationConfiguration.Error, $"reading {counts.Place}", clock);
            var file = await Failures.ExplainAsync(() => LedgerFile.ExportAsync(counts.Ledger, stop));
            await (isCsv ? CsvFormat.WriteAsync(file, content, stop) : JsonLinesFormat.WriteAsync(file, content, stop));
        }

        await WriteAsync(content, line.GetValue(Out), line.InvocationConfiguration.Output, stop);
    }

    private static bool IsCsv(string? format, string? file) => format switch
    {
        Csv => true,
        JsonLines => false,
        null => Path.GetExtension(file) == $".{Csv}",
        _ => throw new CommandException($"--format: '{format}' is no format; there are {JsonLines} and {Csv}."),
    };

    private static async Task WriteAsync(
        MemoryStream content, string? file, TextWriter output, CancellationToken stop)
    {
        if (file is null)
        {
            await output.WriteAsync(Encoding.UTF8.GetString(content.ToArray()));
            if (output is Printer { Failure: { } failure })
            {
                throw new CommandException($"The export cannot be shown: {failure.Message} It is not whole.", failure);
            }

            return;
        }

        try
        {
            await WholeFile.WriteAsync(file, content.GetBuffer().AsMemory(0, (int)content.Length), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be written: {e.Message} Choose another place with --out FILE.", e);
        }
    }
}
