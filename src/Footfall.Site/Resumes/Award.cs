namespace Footfall.Site;

public sealed record Award : SectionEntry
{
    public string? Title { get; init; }
    public ResumeDate? Date { get; init; }
    public string? Awarder { get; init; }
}
