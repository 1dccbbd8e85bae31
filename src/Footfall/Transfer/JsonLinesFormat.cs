using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Footfall.Transfer;

/// <summary>
/// JSON Lines (https://jsonlines.org): the first line says whose counts follow, each further one is an entry.
/// </summary>
public static class JsonLinesFormat
{
    private const string Kind = "footfall";
    private const string KindValue = "ledger";
    private const int Version = 1;

    /// <summary>Writes the file, in UTF-8.</summary>
    public static async Task WriteAsync(LedgerFile file, Stream output, CancellationToken cancellationToken)
    {
        await WriteLineAsync(output, writer => WriteHeader(writer, file), cancellationToken);
        foreach (var entry in file.Entries)
        {
            await WriteLineAsync(output, writer => WriteEntry(writer, entry), cancellationToken);
        }
    }

    internal static LedgerLines.Header ReadHeader(string line)
    {
        using var document = Parse(line);
        var fields = Fields(document, [Kind, "version", "ledger", "merged", "entries"]);
        if (fields[Kind].ValueKind != JsonValueKind.String || fields[Kind].GetString() != KindValue)
        {
            throw new FormatException($"found {LedgerLines.Shorten(fields[Kind].GetRawText())}; expected a file that `footfall export` wrote.");
        }

        if (fields["version"].GetRawText() != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new FormatException(
                $"found version {LedgerLines.Shorten(fields["version"].GetRawText())}; this program reads version {Version}.");
        }

        if (fields["merged"].ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"found {LedgerLines.Shorten(fields["merged"].GetRawText())} for merged; expected a list of ids.");
        }

        return new(
            IsCsv: false,
            Text(fields["ledger"], "ledger"),
            [.. fields["merged"].EnumerateArray().Select(id => Text(id, "merged"))],
            Count(fields["entries"], "entries"));
    }

    internal static LedgerEntry ReadEntry(string line)
    {
        using var document = Parse(line);
        var fields = Fields(document, ["counter", "day", .. LedgerColumns.Names]);
        DateOnly? day = fields["day"].ValueKind == JsonValueKind.Null
            ? null
            : LedgerLines.ParseDay(Text(fields["day"], "day"));
        var counts = LedgerColumns.Names.Select(column => Count(fields[column], column)).ToArray();
        return new(Text(fields["counter"], "counter"), day, LedgerColumns.Tally(counts));
    }

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
        writer.WriteNumber("entries", file.Entries.Count);
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
    private static Dictionary<string, JsonElement> Fields(JsonDocument document, IReadOnlyList<string> expected)
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

        return fields.Count == expected.Count
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
