using System.Globalization;
using Footfall.Counting;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

/// <summary>
/// <c>footfall import</c> as a process that is killed, for any store: inherit, and say where the counts go.
/// </summary>
public abstract class InterruptedImports : IAsyncDisposable
{
    private const string Source = "elsewhere";
    private const int Kills = 5;

    private static readonly DateOnly FirstDay = new(2016, 1, 1);

    /// <summary>How many entries the file has: enough for an import to last for seconds.</summary>
    protected abstract int Entries { get; }

    protected TemporaryDirectory Directory { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The options that lead to counts of this name, and what is needed in the environment.</summary>
    protected abstract Task<(string[] Options, (string Name, string Value)[] Environment)> LocateAsync(string name);

    /// <summary>The same counts; disposed if it can be.</summary>
    protected abstract Task<IVisitStore> OpenAsync(string name);

    /// <summary>How many entries have been taken over from a ledger so far; zero where nothing is yet.</summary>
    protected abstract Task<int> CountTakenAsync(string name, string source);

    public ValueTask DisposeAsync()
    {
        Directory.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_import_that_was_killed_again_and_again_ends_as_one_that_was_not()
    {
        var file = await WriteFileAsync();
        var random = new Random(22);
        var taken = new List<int> { 0 };
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAsync(file, taken[^1] + random.Next(1, Entries / 10));
            taken.Add(await CountTakenAsync("killed", Source));
        }

        await RunAsync(file, "killed");
        var whole = await RunAsync(file, "undisturbed");

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Killed with {string.Join(", ", taken.Skip(1))} of {Entries} entries.");
        Assert.Contains(taken, entries => entries > 0 && entries < Entries);
        var (killed, undisturbed) = (await ReadAsync("killed"), await ReadAsync("undisturbed"));
        Assert.Equal(Entries, undisturbed.Entries.Count);
        Assert.Equal(undisturbed.Entries, killed.Entries);
        Assert.Equal(VisitsIn(whole), undisturbed.Total.Visits);
        Assert.Equal(undisturbed.Total, killed.Total);
        Assert.Contains("Nothing was new", await RunAsync(file, "killed"), StringComparison.Ordinal);
    }

    /// <summary>Lets an import run until so many entries are taken over, and kills it.</summary>
    private async Task KillAsync(string file, int goal)
    {
        var (options, environment) = await LocateAsync("killed");
        await using var import = FootfallProcess.Start(Directory.FullName, ["import", file, .. options], environment);
        var ended = import.WaitForExitAsync();

        // A thread of its own: the others may be busy with other tests until the import has ended.
        await Task.Factory.StartNew(
            () =>
            {
                while (!ended.IsCompleted && CountTakenAsync("killed", Source).GetAwaiter().GetResult() < goal)
                {
                    Thread.Sleep(1);
                }

                import.Kill();
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await ended;
    }

    private async Task<string> RunAsync(string file, string name)
    {
        var (options, environment) = await LocateAsync(name);
        await using var import =
            await FootfallProcess.RunAsync(Directory.FullName, ["import", file, .. options], environment);
        Assert.True(import.ExitCode == 0, import.Error);
        return import.Output;
    }

    private async Task<(IReadOnlyList<LedgerEntry> Entries, Tally Total)> ReadAsync(string name)
    {
        var store = await OpenAsync(name);
        await using var disposed = store as IAsyncDisposable;
        var export = await LedgerFile.ExportAsync((ILedger)store, Cancellation);
        return (export.Entries, await store.ReadTotalAsync("/", Cancellation));
    }

    private async Task<string> WriteFileAsync()
    {
        var entries = Enumerable.Range(0, Entries).Select(number => new LedgerEntry(
            "/",
            number == 0 ? null : FirstDay.AddDays(number),
            new Tally(number + 1, 1, 2, 3, 4, 5, number % 7),
            number == 0 ? SourceCounts.None : SourceCounts.Of(KeyValuePair.Create(Footfall.Counting.Source.Other, (long)number))));
        var path = Directory.File("counts.jsonl");
        await using var file = File.Create(path);
        await JsonLinesFormat.WriteAsync(new LedgerFile(Source, [], [.. entries]), file, Cancellation);
        return path;
    }

    /// <summary>The number behind <c>Added to PLACE: </c>; zero where nothing was new.</summary>
    private static long VisitsIn(string output) =>
        long.TryParse(
            output.Split(": ")[^1].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var visits)
            ? visits
            : 0;
}
