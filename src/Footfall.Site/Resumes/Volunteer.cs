namespace Footfall.Site;

public sealed record Volunteer : SectionEntry
{
    public string? Organization { get; init; }
    public string? Position { get; init; }
}
