namespace Footfall.Site;

public sealed record Skill : SectionEntry
{
    public string? Name { get; init; }
    public string? Level { get; init; }
}
