namespace Footfall.Site;

public sealed record Interest : SectionEntry
{
    public string? Name { get; init; }
}
