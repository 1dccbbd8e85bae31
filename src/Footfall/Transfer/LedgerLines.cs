using System.Globalization;
using Footfall.Api;
using Footfall.Counting;

namespace Footfall.Transfer;

/// <summary>Makes a <see cref="LedgerFile"/> of a file's lines, of either format, and refuses what is not one.</summary>
internal sealed class LedgerLines(string name)
{
    private readonly Dictionary<(string Counter, DateOnly? Day), int> lineOf = [];
    private readonly List<LedgerEntry> entries = [];
    private Header? header;
    private int number;

    public void Add(string line)
    {
        number++;
        try
        {
            Take(line);
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidOperationException)
        {
            // The latter comes from text in JSON that is no Unicode.
            throw new TransferException($"{name}, line {number}: {malformed.Message}", malformed);
        }
    }

    public LedgerFile Complete()
    {
        if (header is null)
        {
            throw new TransferException($"{name} is empty. Expected a file that `footfall export` wrote.");
        }

        if (entries.Count != header.Entries)
        {
            throw new TransferException(
                $"{name} ends after {entries.Count} of {header.Entries} entries: it is cut short. Export it again.");
        }

        return new(header.Ledger, header.Merged, entries);
    }

    private void Take(string line)
    {
        if (header is null)
        {
            header = Validated(line.StartsWith('{') ? JsonLinesFormat.ReadHeader(line) : CsvFormat.ReadHeader(line));
        }
        else if (header.IsCsv && number == 2)
        {
            CsvFormat.RequireColumns(line);
        }
        else
        {
            Take(header.IsCsv ? CsvFormat.ReadEntry(line) : JsonLinesFormat.ReadEntry(line));
        }
    }

    private void Take(LedgerEntry entry)
    {
        CounterKeys.Validate(entry.Counter);
        if (entry.Tally.Visitors > entry.Tally.Visits)
        {
            throw new FormatException(
                $"found {entry.Tally.Visitors} visitors with {entry.Tally.Visits} visits; expected no more than those.");
        }

        if (entries.Count == header!.Entries)
        {
            throw new FormatException($"found another entry; expected {header.Entries}, as the first line says.");
        }

        if (!lineOf.TryAdd((entry.Counter, entry.Day), number))
        {
            throw new FormatException(
                $"found counter {entry.Counter} on {NameOf(entry.Day)} again, which line "
                + $"{lineOf[(entry.Counter, entry.Day)]} has; expected each once.");
        }

        entries.Add(entry);
    }

    public static string NameOf(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "no day";

    public static DateOnly ParseDay(string text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"found the day '{text}'; expected one such as 2026-11-22.");

    public static long ParseCount(string column, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Tally.MaxCount
            ? count
            : throw new FormatException(
                $"found '{text}' for {column}; expected a whole number from 0 to {Tally.MaxCount}.");

    private static Header Validated(Header header)
    {
        foreach (var id in header.Merged.Prepend(header.Ledger))
        {
            if (id.Length is 0 or > LedgerOrigin.MaxIdLength || id.AsSpan().ContainsAny(" ;\t"))
            {
                throw new FormatException(
                    $"found the ledger id '{id}'; expected 1 to {LedgerOrigin.MaxIdLength} characters without spaces.");
            }
        }

        return header;
    }

    /// <param name="Entries">How many entries follow.</param>
    internal sealed record Header(bool IsCsv, string Ledger, IReadOnlyList<string> Merged, long Entries);
}
