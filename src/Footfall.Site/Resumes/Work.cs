namespace Footfall.Site;

public sealed record Work : SectionEntry
{
    public string? Name { get; init; }
    public string? Position { get; init; }
}
