using System.Text.Json;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>The body of <c>/api/visits/daily</c>: what was counted, and next to it, by reason, what was not.</summary>
/// <param name="Tallies">Days that it leaves out are written as zeros.</param>
internal sealed record DailyReport(string Counter, DateOnly From, DateOnly To, DailyTallies Tallies)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("counter"u8, Counter);
        json.WriteString("from"u8, CountsJson.Text(From));
        json.WriteString("to"u8, CountsJson.Text(To));
        json.WriteStartArray("days"u8);
        var tallies = Tallies.Days.ToDictionary(day => day.Day, day => day.Tally);
        for (var day = From; ; day = day.AddDays(1))
        {
            json.WriteStartObject();
            json.WriteString("day"u8, CountsJson.Text(day));
            CountsJson.WriteTally(json, tallies.GetValueOrDefault(day));
            json.WriteEndObject();
            if (day == To)
            {
                break;
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("total"u8);
        CountsJson.WriteTally(json, Tallies.Total);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
