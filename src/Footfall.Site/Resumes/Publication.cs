namespace Footfall.Site;

public sealed record Publication : SectionEntry
{
    public string? Name { get; init; }
    public string? Publisher { get; init; }
    public ResumeDate? ReleaseDate { get; init; }
}
