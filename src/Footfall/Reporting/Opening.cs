using System.Text.Json;

namespace Footfall.Reporting;

/// <summary>That a link was opened for the first time.</summary>
/// <param name="Day">The UTC day of it.</param>
public sealed record Opening(Link Link, DateOnly Day)
{
    /// <param name="today">The UTC day on which it is told.</param>
    public Notice ToNotice(DateOnly today) => new(
        $"{Link.Name}: first visit {(Day == today ? "today" : $"on {ReportPeriod.NameOf(Day)}")}", [], []);

    /// <summary>A member <c>opening</c> of the object that is being written.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("opening"u8);
        json.WriteString("key"u8, Link.Key);
        json.WriteString("name"u8, Link.Name);
        json.WriteString("day"u8, CountsJson.Text(Day));
        json.WriteEndObject();
    }
}
