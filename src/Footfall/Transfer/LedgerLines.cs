using System.Globalization;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Transfer;

/// <summary>Makes a <see cref="LedgerFile"/> of a file's lines, of either format, and refuses what is not one.</summary>
internal sealed class LedgerLines(string name)
{
    private readonly Dictionary<(string Counter, DateOnly? Day), int> lineOf = [];
    private readonly List<LedgerEntry> entries = [];
    private readonly Dictionary<string, Link> links = new(StringComparer.Ordinal);
    private Header? header;
    private int number;
    private int? emptyLine;

    public async Task AddAllAsync(LineReader reader, CancellationToken cancellationToken)
    {
        try
        {
            for (number = 1; await reader.ReadAsync(cancellationToken) is { } line; number++)
            {
                Take(line);
            }
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidOperationException)
        {
            // The latter comes from text in JSON that is no Unicode. What is quoted of the file goes to a terminal.
            throw new TransferException($"{name}, line {number}: {Printable(malformed.Message)}", malformed);
        }
    }

    public LedgerFile Complete()
    {
        if (header is null)
        {
            throw new TransferException($"{name} is empty. Expected a file that `footfall export` wrote.");
        }

        if (links.Count != header.Links)
        {
            throw new TransferException(
                $"{name} ends after {links.Count} of {header.Links} links: it is cut short. Export it again.");
        }

        if (entries.Count != header.Entries)
        {
            throw new TransferException(
                $"{name} ends after {entries.Count} of {header.Entries} entries: it is cut short. Export it again.");
        }

        return new(header.Ledger, header.Merged, entries) { Links = [.. links.Values] };
    }

    private void Take(string line)
    {
        if (header is not null && string.IsNullOrWhiteSpace(line))
        {
            emptyLine ??= number;
        }
        else if (emptyLine is { } before)
        {
            throw new FormatException($"found more behind the empty line {before}; expected one at the end only.");
        }
        else if (header is null)
        {
            header = Validated(line.StartsWith('{') ? JsonLinesFormat.ReadHeader(line) : CsvFormat.ReadHeader(line));
        }
        else if (header.IsCsv && number == 2)
        {
            CsvFormat.RequireColumns(line, header.Version);
        }
        else if (links.Count < header.Links)
        {
            Take(JsonLinesFormat.ReadLink(line));
        }
        else
        {
            Take(header.IsCsv ? CsvFormat.ReadEntry(line, header.Version) : JsonLinesFormat.ReadEntry(line, header.Version));
        }
    }

    private void Take(Link link)
    {
        if (!Link.IsKey(link.Key))
        {
            throw new FormatException(
                $"found the link '{Shorten(link.Key)}'; expected eight of a to z without l and o, and 2 to 9.");
        }

        if (!links.TryAdd(link.Key, link with { Name = Link.ParseName(link.Name) }))
        {
            throw new FormatException($"found the link {link.Key} again; expected each once.");
        }
    }

    private void Take(LedgerEntry entry)
    {
        CounterKeys.Validate(Shorten(entry.Counter, CounterKeys.MaxLength));
        if (entry.Tally.Visitors > entry.Tally.Visits)
        {
            throw new FormatException(
                $"found {entry.Tally.Visitors} visitors with {entry.Tally.Visits} visits; expected no more than those.");
        }

        if (entry.Sources.Sum > entry.Tally.Visits)
        {
            throw new FormatException(
                $"found sources of {entry.Sources.Sum} visits with {entry.Tally.Visits} visits; expected no more than those.");
        }

        if (entry.Day is null && entry.Sources.Sum > 0)
        {
            throw new FormatException("found sources without a day; expected them for days only.");
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

    /// <summary>The beginning of a text that may be long, for messages; no shortened text is what is expected.</summary>
    public static string Shorten(string text, int length = 60) => text.Length <= length ? text : $"{text[..length]}…";

    public static string NameOf(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "no day";

    public static DateOnly ParseDay(string text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"found the day '{Shorten(text)}'; expected one such as 2026-11-22.");

    public static long ParseCount(string column, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Tally.MaxCount
            ? count
            : throw new FormatException(
                $"found '{Shorten(text)}' for {column}; expected a whole number from 0 to {Tally.MaxCount}.");

    /// <param name="counts">The name of each source, and its visits as the file has them.</param>
    public static SourceCounts ParseSources(IEnumerable<(string Name, string Visits)> counts)
    {
        var sources = new Dictionary<Source, long>();
        foreach (var (name, visits) in counts)
        {
            if (!Source.IsName(name) || name == Source.Unknown.Name)
            {
                throw new FormatException(
                    $"found the source '{Shorten(name)}'; expected 1 to {Source.MaxNameLength} of a-z 0-9 - . and not "
                    + $"{Source.Unknown.Name}, which is what the sources leave of the visits.");
            }

            if (!sources.TryAdd(Source.Named(name), ParseCount(name, visits)))
            {
                throw new FormatException($"found the source {name} twice; expected each once.");
            }

            if (sources.Count > LedgerEntry.MaxSources)
            {
                throw new FormatException($"found more than {LedgerEntry.MaxSources} sources; expected no more.");
            }
        }

        return SourceCounts.Of(sources);
    }

    private static Header Validated(Header header)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in header.Merged.Prepend(header.Ledger))
        {
            if (!LedgerOrigin.IsId(id))
            {
                throw new FormatException(
                    $"found the ledger id '{Shorten(id)}'; expected 1 to {LedgerOrigin.MaxIdLength} of A-Z a-z 0-9 - . _ : "
                    + $"and not {LedgerOrigin.StartingNumbers}.");
            }

            if (!known.Add(id))
            {
                throw new FormatException($"found the ledger id {Shorten(id)} twice; expected each once.");
            }
        }

        return header;
    }

    // Control characters and those that change how a line is read.
    private static string Printable(string message) => string.Concat(message.Select(character =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? '?'
            : character));

    /// <param name="Version">Of the format: 1 or 2.</param>
    /// <param name="Links">How many links follow.</param>
    /// <param name="Entries">How many entries follow them.</param>
    internal sealed record Header(
        bool IsCsv, int Version, string Ledger, IReadOnlyList<string> Merged, long Links, long Entries);
}
