namespace Footfall.Site;

public sealed record Publication
{
    public string? Name { get; init; }
    public string? Publisher { get; init; }
    public ResumeDate? ReleaseDate { get; init; }
    public Uri? Url { get; init; }
    public string? Summary { get; init; }
}
