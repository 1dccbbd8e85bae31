using System.Globalization;
using System.Text.Json;
using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>The members that every answer and report writes counts as.</summary>
internal static class CountsJson
{
    /// <summary>A day as ISO 8601 writes it: <c>2026-11-22</c>.</summary>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What was counted, and next to it, by reason, what was not.</summary>
    public static void WriteTally(Utf8JsonWriter json, in Tally tally)
    {
        json.WriteNumber("visits"u8, tally.Visits);
        json.WriteNumber("visitors"u8, tally.Visitors);
        json.WriteStartObject("notCounted"u8);
        foreach (var outcome in OutcomeNames.All)
        {
            if (outcome != Outcome.Visit)
            {
                json.WriteNumber(outcome.Name(), tally[outcome]);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Where the visits came from.</summary>
    public static void WriteSources(Utf8JsonWriter json, SourceCounts sources)
    {
        json.WriteStartObject("sources"u8);
        foreach (var (source, visits) in sources.All)
        {
            json.WriteNumber(source.Name, visits);
        }

        json.WriteEndObject();
    }
}
