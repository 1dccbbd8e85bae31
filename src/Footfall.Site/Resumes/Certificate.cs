namespace Footfall.Site;

public sealed record Certificate : SectionEntry
{
    public string? Name { get; init; }
    public ResumeDate? Date { get; init; }
    public string? Issuer { get; init; }
}
