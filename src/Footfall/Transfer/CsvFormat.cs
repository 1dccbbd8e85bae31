using System.Globalization;

namespace Footfall.Transfer;

/// <summary>
/// CSV (RFC 4180) for spreadsheets. Ahead of its header stands one line that says whose counts follow, so that it can
/// be imported as well. Nothing in it needs quotes: see <see cref="Api.CounterKeys"/>.
/// </summary>
public static class CsvFormat
{
    private const string Mark = "# footfall ledger 1";
    private const string MergedField = "merged=";
    private const string EntriesField = "entries=";

    private static readonly string Columns = string.Join(',', LedgerColumns.Names.Prepend("day").Prepend("counter"));

    public static async Task WriteAsync(LedgerFile file, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        await WriteLineAsync(
            $"{Mark} {file.Ledger} {EntriesField}{file.Entries.Count} {MergedField}{string.Join(';', file.Merged)}");
        await WriteLineAsync(Columns);
        foreach (var (counter, day, tally) in file.Entries)
        {
            var period = day is { } known ? LedgerLines.NameOf(known) : "";
            await WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{counter},{period},{string.Join(',', LedgerColumns.Values(tally))}"));
        }

        Task WriteLineAsync(string line) => writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    internal static LedgerLines.Header ReadHeader(string line)
    {
        var fields = line.Split(' ');
        if (!line.StartsWith($"{Mark} ", StringComparison.Ordinal)
            || fields.Length != 7
            || !fields[5].StartsWith(EntriesField, StringComparison.Ordinal)
            || !fields[6].StartsWith(MergedField, StringComparison.Ordinal))
        {
            throw new FormatException(
                $"found '{LedgerLines.Shorten(line)}'; expected the first line of a file that "
                + $"`footfall export` wrote: {Mark} ID {EntriesField}N {MergedField}IDS, or a JSON object.");
        }

        return new(
            IsCsv: true,
            fields[4],
            fields[6][MergedField.Length..].Split(';', StringSplitOptions.RemoveEmptyEntries),
            LedgerLines.ParseCount("entries", fields[5][EntriesField.Length..]));
    }

    internal static void RequireColumns(string line)
    {
        if (line != Columns)
        {
            throw new FormatException($"found other columns; expected {Columns}.");
        }
    }

    internal static LedgerEntry ReadEntry(string line)
    {
        var cells = line.Split(',');
        if (cells.Length != LedgerColumns.Names.Count + 2)
        {
            throw new FormatException(
                $"found {cells.Length} columns; expected {LedgerColumns.Names.Count + 2}: {Columns}.");
        }

        var counts = LedgerColumns.Names
            .Select((column, index) => LedgerLines.ParseCount(column, cells[index + 2])).ToArray();
        return new(cells[0], cells[1].Length == 0 ? null : LedgerLines.ParseDay(cells[1]), LedgerColumns.Tally(counts));
    }
}
