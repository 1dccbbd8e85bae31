using System.Globalization;
using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>
/// CSV (RFC 4180) for spreadsheets. Ahead of its header stands one line that says whose counts follow, so that it can
/// be imported as well. Nothing in it needs quotes: see <see cref="Api.CounterKeys"/>. Links are not in it. Version 1 has no
/// sources.
/// </summary>
public static class CsvFormat
{
    private const string Mark = "# footfall ledger 2";
    private const string FirstMark = "# footfall ledger 1";
    private const string MergedField = "merged=";
    private const string EntriesField = "entries=";

    private static readonly string FirstColumns = string.Join(',', LedgerColumns.Names.Prepend("day").Prepend("counter"));
    private static readonly string Columns = $"{FirstColumns},{LedgerColumns.Sources}";

    public static async Task WriteAsync(LedgerFile file, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        await WriteLineAsync(
            $"{Mark} {file.Ledger} {EntriesField}{file.Entries.Count} {MergedField}{string.Join(';', file.Merged)}");
        await WriteLineAsync(Columns);
        foreach (var (counter, day, tally, sources) in file.Entries)
        {
            var period = day is { } known ? LedgerLines.NameOf(known) : "";
            await WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{counter},{period},{string.Join(',', LedgerColumns.Values(tally))},{sources}"));
        }

        Task WriteLineAsync(string line) => writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    internal static LedgerLines.Header ReadHeader(string line)
    {
        var fields = line.Split(' ');
        var isFirst = line.StartsWith($"{FirstMark} ", StringComparison.Ordinal);
        if ((!isFirst && !line.StartsWith($"{Mark} ", StringComparison.Ordinal))
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
            Version: isFirst ? 1 : 2,
            fields[4],
            fields[6][MergedField.Length..].Split(';', StringSplitOptions.RemoveEmptyEntries),
            Links: 0,
            LedgerLines.ParseCount("entries", fields[5][EntriesField.Length..]));
    }

    internal static void RequireColumns(string line, int version)
    {
        if (line != ColumnsOf(version))
        {
            throw new FormatException($"found other columns; expected {ColumnsOf(version)}.");
        }
    }

    internal static LedgerEntry ReadEntry(string line, int version)
    {
        var cells = line.Split(',');
        var expected = LedgerColumns.Names.Count + (version == 1 ? 2 : 3);
        if (cells.Length != expected)
        {
            throw new FormatException($"found {cells.Length} columns; expected {expected}: {ColumnsOf(version)}.");
        }

        var counts = LedgerColumns.Names
            .Select((column, index) => LedgerLines.ParseCount(column, cells[index + 2])).ToArray();
        return new(
            cells[0],
            cells[1].Length == 0 ? null : LedgerLines.ParseDay(cells[1]),
            LedgerColumns.Tally(counts),
            version == 1 ? SourceCounts.None : ReadSources(cells[^1]));
    }

    private static string ColumnsOf(int version) => version == 1 ? FirstColumns : Columns;

    private static SourceCounts ReadSources(string cell) => LedgerLines.ParseSources(
        cell.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(count => count.Split('=') is [var name, var visits]
            ? (name, visits)
            : throw new FormatException(
                $"found '{LedgerLines.Shorten(count)}' for {LedgerColumns.Sources}; expected such as direct=3;linkedin=5.")));
}
