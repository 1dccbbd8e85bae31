using System.Text.Json;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>The body of <c>/api/owner/report</c>: all that is counted, for the owner.</summary>
/// <param name="Counters">Every counter that can be asked for.</param>
/// <param name="Tallies">Days without a request are left out.</param>
internal sealed record OwnerReport(
    string Counter,
    IReadOnlyList<string> Counters,
    DateOnly From,
    DateOnly To,
    DailyTallies Tallies,
    IReadOnlyList<LinkReport> Links)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("counter"u8, Counter);
        json.WriteStartArray("counters"u8);
        foreach (var counter in Counters)
        {
            json.WriteStringValue(counter);
        }

        json.WriteEndArray();
        json.WriteString("from"u8, CountsJson.Text(From));
        json.WriteString("to"u8, CountsJson.Text(To));
        json.WriteStartArray("days"u8);
        foreach (var day in Tallies.Days)
        {
            json.WriteStartObject();
            json.WriteString("day"u8, CountsJson.Text(day.Day));
            CountsJson.WriteTally(json, day.Tally);
            CountsJson.WriteSources(json, day.SourcesOfAllVisits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("total"u8);
        CountsJson.WriteTally(json, Tallies.Total);
        json.WriteEndObject();
        json.WriteStartArray("links"u8);
        foreach (var link in Links)
        {
            WriteLink(json, link);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, LinkReport report)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, report.Link.Key);
        json.WriteString("name"u8, report.Link.Name);
        json.WriteString("created"u8, CountsJson.Text(report.Link.Created));
        if (report is { First: { } first, Last: { } last })
        {
            json.WriteString("first"u8, CountsJson.Text(first));
            json.WriteString("last"u8, CountsJson.Text(last));
        }

        CountsJson.WriteTally(json, report.Total);
        json.WriteEndObject();
    }
}
