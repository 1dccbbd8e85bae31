namespace Footfall.Site;

public sealed record Volunteer
{
    public string? Organization { get; init; }
    public string? Position { get; init; }
    public Uri? Url { get; init; }
    public ResumeDate? StartDate { get; init; }

    /// <summary>Null where the work goes on.</summary>
    public ResumeDate? EndDate { get; init; }

    public string? Summary { get; init; }
    public IReadOnlyList<string> Highlights { get; init; } = [];
}
