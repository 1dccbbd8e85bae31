namespace Footfall.Site;

public sealed record SpokenLanguage : SectionEntry
{
    public string? Language { get; init; }
    public string? Fluency { get; init; }
}
