namespace Footfall.Site;

public sealed record Award
{
    public string? Title { get; init; }
    public ResumeDate? Date { get; init; }
    public string? Awarder { get; init; }
    public string? Summary { get; init; }
}
