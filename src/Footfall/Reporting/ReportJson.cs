using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Footfall.Reporting;

/// <summary>A report as programs read it. Members may be added to it, and keep their name and meaning.</summary>
public static class ReportJson
{
    // ntfy takes a message of 128 KiB, and a counter has half a kilobyte.
    private const int MostInMessage = 50;

    // It is read as JSON and never pasted into HTML, so only what JSON itself needs is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report alone, as <c>footfall report --format json</c> shows it.</summary>
    public static ReadOnlyMemory<byte> Write(Report report) => WriteObject(json => WriteMembers(json, report, int.MaxValue));

    /// <summary>
    /// A member <c>report</c> of the message that is being written: of counters and links the first, and how many more there
    /// are.
    /// </summary>
    public static void WriteShort(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("report"u8);
        WriteMembers(json, report, MostInMessage);
        json.WriteNumber("countersLeftOut"u8, Math.Max(0, report.Counters.Count - MostInMessage));
        json.WriteNumber("linksLeftOut"u8, Math.Max(0, report.Links.Count - MostInMessage));
        json.WriteEndObject();
    }

    internal static ReadOnlyMemory<byte> WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteMembers(Utf8JsonWriter json, Report report, int most)
    {
        json.WriteString("period"u8, report.Period.SpanName);
        WriteDays(json, report.Period);
        CountsJson.WriteTally(json, report.Sum);
        json.WriteStartObject("before"u8);
        WriteDays(json, report.Period.Previous);
        CountsJson.WriteTally(json, report.SumBefore);
        json.WriteEndObject();
        json.WriteStartArray("counters"u8);
        foreach (var counter in report.Counters.Take(most))
        {
            WriteCounter(json, counter);
        }

        json.WriteEndArray();
        json.WriteStartArray("links"u8);
        foreach (var link in report.Links.Take(most))
        {
            WriteLink(json, link);
        }

        json.WriteEndArray();
        CountsJson.WriteSources(json, report.Sources);
    }

    private static void WriteCounter(Utf8JsonWriter json, CounterVisits counter)
    {
        json.WriteStartObject();
        json.WriteString("counter"u8, counter.Counter);
        CountsJson.WriteTally(json, counter.Tally);
        json.WriteStartObject("before"u8);
        CountsJson.WriteTally(json, counter.Before);
        json.WriteEndObject();
        CountsJson.WriteSources(json, counter.Sources);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, LinkVisits link)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, link.Link.Key);
        json.WriteString("name"u8, link.Link.Name);
        json.WriteBoolean("first"u8, link.IsFirst);
        CountsJson.WriteTally(json, link.Tally);
        json.WriteEndObject();
    }

    private static void WriteDays(Utf8JsonWriter json, ReportPeriod period)
    {
        json.WriteString("from"u8, CountsJson.Text(period.From));
        json.WriteString("to"u8, CountsJson.Text(period.To));
    }
}
