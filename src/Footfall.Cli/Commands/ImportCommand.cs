using System.CommandLine;
using System.Globalization;
using Footfall.Api;
using Footfall.Cli.Printing;
using Footfall.Cli.Settings;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Transfer;

namespace Footfall.Cli.Commands;

/// <summary>Adds what was counted elsewhere, once, however often it is run.</summary>
internal static class ImportCommand
{
    private const string Notes = """
        Examples:
          footfall import counts.jsonl
          footfall import counts.jsonl --store dynamodb --table footfall
          footfall import --start 1234
          footfall import --from-table cloud-resume-visits --counter / --store dynamodb --table footfall

        A file is one that footfall export wrote. Importing it again, or a later one of the same counts, adds only what
        is new; one whose counts are here already by another way is refused.
        """;

    private static readonly Argument<string?> FileArgument = new("file")
    {
        Description = "What footfall export wrote, in either format.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Start = new("--start")
    {
        Description = "Instead of a file: a number of visits to begin with.",
        HelpName = "N",
    };

    private static readonly Option<string?> FromTable = new("--from-table")
    {
        Description = "Instead of a file: the DynamoDB table of the original Python counter (ID, Visits).",
        HelpName = "NAME",
    };

    private static readonly Option<string> Counter = new("--counter")
    {
        Description = "The counter of such a number.",
        HelpName = "KEY",
        DefaultValueFactory = _ => CounterKeys.Default,
    };

    public static Command Create(SettingsReader reader, TimeProvider clock, Random dice)
    {
        var command = new CommandWithNotes("import", "Adds what was counted elsewhere.", Notes)
        {
            FileArgument, Start, FromTable, Counter,
        };
        var counts = new CountsOptions(command, reader);
        command.SetAction(async (line, stop) =>
        {
            var import = await PrepareAsync(line, clock, stop);
            await using var opened = await counts.OpenAsync(line, mayBeNew: true, clock, dice, stop);
            var added = await Failures.ExplainAsync(() => import(opened.Ledger, stop));
            await line.InvocationConfiguration.Output.WriteLineAsync(
                added == default ? $"Nothing was new in {opened.Place}." : $"Added to {opened.Place}: {Describe(added)}.");
        });
        return command;
    }

    /// <summary>Reads and checks everything there is to import, before the counts are opened.</summary>
    private static async Task<Func<ILedger, CancellationToken, Task<ImportResult>>> PrepareAsync(
        ParseResult line, TimeProvider clock, CancellationToken stop)
    {
        var (path, start, table) = (line.GetValue(FileArgument), line.GetValue(Start), line.GetValue(FromTable));
        if (new[] { path, start, table }.Count(source => source is not null) != 1)
        {
            throw new CommandException("Say what to import: a FILE, or --start N, or --from-table NAME.");
        }

        if (start is not null)
        {
            var (counter, visits) = (CounterOf(line), ParseVisits(start));
            return (ledger, cancellation) => LedgerFile.ImportStartingNumberAsync(ledger, counter, visits, cancellation);
        }

        var file = path is not null ? await ReadAsync(path, stop) : await ReadTableAsync(table!, CounterOf(line), stop);
        return async (ledger, cancellation) =>
        {
            await using var progress = new Progress(line.InvocationConfiguration.Error, "importing", clock, file.Entries.Count);
            return await file.ImportAsync(ledger, progress, cancellation);
        };
    }

    private static async Task<LedgerFile> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await Failures.ExplainAsync(() => LedgerFile.ReadAsync(file, path, stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static Task<LedgerFile> ReadTableAsync(string table, string counter, CancellationToken stop) =>
        Failures.ExplainAsync(async () =>
        {
            using var client = DynamoDbClients.Create();
            return await OriginalTable.ReadAsync(client, table, counter, stop);
        });

    private static string CounterOf(ParseResult line)
    {
        var counter = line.GetRequiredValue(Counter);
        try
        {
            CounterKeys.Validate(counter);
            return counter;
        }
        catch (FormatException e)
        {
            throw new CommandException($"--counter: {e.Message}", e);
        }
    }

    private static long ParseVisits(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var visits)
        && visits is > 0 and <= Tally.MaxCount
            ? visits
            : throw new CommandException($"--start: '{text}' is no number of visits, from 1 to {Tally.MaxCount}.");

    private static string Describe(ImportResult added)
    {
        List<string> parts = [];
        if (added.Tally != default)
        {
            parts.Add($"{added.Tally.Visits} visits by {added.Tally.Visitors} visitors, of {added.Tally.Requests} requests");
        }

        if (added.Sources > 0)
        {
            parts.Add($"where {added.Sources} visits came from");
        }

        if (added.Links > 0)
        {
            parts.Add($"{added.Links} links");
        }

        return string.Join("; ", parts);
    }
}
