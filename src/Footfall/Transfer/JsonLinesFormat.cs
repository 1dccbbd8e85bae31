using System.Globalization;
using System.Text;
using System.Text.Json;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Transfer;

/// <summary>
/// JSON Lines (https://jsonlines.org): the first line says whose counts follow and how many links, which stand
/// before the entries. Version 1 has neither links nor sources.
/// </summary>
public static class JsonLinesFormat
{
    private const string Kind = "footfall";
    private const string KindValue = "ledger";
    private const int Version = 2;
    private const string Links = "links";

    private static readonly string[] FirstHeaderFields = [Kind, "version", "ledger", "merged", "entries"];
    private static readonly string[] HeaderFields = [Kind, "version", "ledger", "merged", Links, "entries"];
    private static readonly string[] LinkFields = ["link", "name", "created"];
    private static readonly string[] FirstEntryFields = ["counter", "day", .. LedgerColumns.Names];
    private static readonly string[] EntryFields = [.. FirstEntryFields, LedgerColumns.Sources];

    /// <summary>Writes the file, in UTF-8.</summary>
    public static async Task WriteAsync(LedgerFile file, Stream output, CancellationToken cancellationToken)
    {
        await WriteLineAsync(output, writer => WriteHeader(writer, file), cancellationToken);
        foreach (var link in file.Links)
        {
            await WriteLineAsync(output, writer => WriteLink(writer, link), cancellationToken);
        }

        foreach (var entry in file.Entries)
        {
            await WriteLineAsync(output, writer => WriteEntry(writer, entry), cancellationToken);
        }
    }

    internal static LedgerLines.Header ReadHeader(string line)
    {
        using var document = Parse(line);
        var isFirst = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("version", out var version)
            && version.GetRawText() == "1";
        var fields = Fields(document, isFirst ? FirstHeaderFields : HeaderFields);
        if (fields[Kind].ValueKind != JsonValueKind.String || fields[Kind].GetString() != KindValue)
        {
            throw new FormatException($"found {LedgerLines.Shorten(fields[Kind].GetRawText())}; expected a file that `footfall export` wrote.");
        }

        if (!isFirst && fields["version"].GetRawText() != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new FormatException(
                $"found version {LedgerLines.Shorten(fields["version"].GetRawText())}; this program reads versions 1 to {Version}.");
        }

        if (fields["merged"].ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"found {LedgerLines.Shorten(fields["merged"].GetRawText())} for merged; expected a list of ids.");
        }

        return new(
            IsCsv: false,
            Version: isFirst ? 1 : Version,
            Text(fields["ledger"], "ledger"),
            [.. fields["merged"].EnumerateArray().Select(id => Text(id, "merged"))],
            isFirst ? 0 : Count(fields[Links], Links),
            Count(fields["entries"], "entries"));
    }

    internal static Link ReadLink(string line)
    {
        using var document = Parse(line);
        var fields = Fields(document, LinkFields);
        return new(
            Text(fields["link"], "link"), Text(fields["name"], "name"), LedgerLines.ParseDay(Text(fields["created"], "created")));
    }

    internal static LedgerEntry ReadEntry(string line, int version)
    {
        using var document = Parse(line);
        var fields = Fields(document, version == 1 ? FirstEntryFields : EntryFields);
        DateOnly? day = fields["day"].ValueKind == JsonValueKind.Null
            ? null
            : LedgerLines.ParseDay(Text(fields["day"], "day"));
        var counts = LedgerColumns.Names.Select(column => Count(fields[column], column)).ToArray();
        return new(
            Text(fields["counter"], "counter"),
            day,
            LedgerColumns.Tally(counts),
            version == 1 ? SourceCounts.None : ReadSources(fields[LedgerColumns.Sources]));
    }

    private static SourceCounts ReadSources(JsonElement sources) => sources.ValueKind == JsonValueKind.Object
        ? LedgerLines.ParseSources(sources.EnumerateObject().Select(source => (source.Name, source.Value.GetRawText())))
        : throw new FormatException(
            $"found {LedgerLines.Shorten(sources.GetRawText())} for {LedgerColumns.Sources}; expected an object of numbers.");

    private static void WriteHeader(Utf8JsonWriter writer, LedgerFile file)
    {
        writer.WriteString(Kind, KindValue);
        writer.WriteNumber("version", Version);
        writer.WriteString("ledger", file.Ledger);
        writer.WriteStartArray("merged");
        foreach (var id in file.Merged)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
        writer.WriteNumber(Links, file.Links.Count);
        writer.WriteNumber("entries", file.Entries.Count);
    }

    private static void WriteLink(Utf8JsonWriter writer, Link link)
    {
        writer.WriteString("link", link.Key);
        writer.WriteString("name", link.Name);
        writer.WriteString("created", LedgerLines.NameOf(link.Created));
    }

    private static void WriteEntry(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteString("counter", entry.Counter);
        if (entry.Day is { } day)
        {
            writer.WriteString("day", LedgerLines.NameOf(day));
        }
        else
        {
            writer.WriteNull("day");
        }

        foreach (var (column, count) in LedgerColumns.Names.Zip(LedgerColumns.Values(entry.Tally)))
        {
            writer.WriteNumber(column, count);
        }

        writer.WriteStartObject(LedgerColumns.Sources);
        foreach (var (source, visits) in entry.Sources.All)
        {
            writer.WriteNumber(source.Name, visits);
        }

        writer.WriteEndObject();
    }

    private static async Task WriteLineAsync(
        Stream output, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        await output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken);
    }

    private static JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(line));
        }
        catch (JsonException malformed)
        {
            throw new FormatException(
                $"found no JSON object ({LedgerLines.Shorten(line)}); expected one that ends on its line.", malformed);
        }
    }

    /// <summary>The members of an object that has just the expected ones, each once.</summary>
    private static Dictionary<string, JsonElement> Fields(JsonDocument document, string[] expected)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException(
                $"found {LedgerLines.Shorten(document.RootElement.GetRawText())}; expected an object with {Join(expected)}.");
        }

        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (!expected.Contains(field.Name, StringComparer.Ordinal) || !fields.TryAdd(field.Name, field.Value))
            {
                throw new FormatException(
                    $"found '{LedgerLines.Shorten(field.Name)}', unknown or a second time; expected {Join(expected)}.");
            }
        }

        return fields.Count == expected.Length
            ? fields
            : throw new FormatException(
                $"found no {Join([.. expected.Where(name => !fields.ContainsKey(name))])}; expected {Join(expected)}.");
    }

    private static string Text(JsonElement value, string field) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"found {LedgerLines.Shorten(value.GetRawText())} for {field}; expected a text.");

    private static long Count(JsonElement value, string field) =>
        LedgerLines.ParseCount(field, LedgerLines.Shorten(value.GetRawText()));

    private static string Join(IReadOnlyList<string> names) => string.Join(", ", names);
}
