namespace Footfall.Site;

public sealed record Work
{
    public string? Name { get; init; }
    public string? Position { get; init; }
    public string? Location { get; init; }

    /// <summary>What the employer does.</summary>
    public string? Description { get; init; }

    public Uri? Url { get; init; }
    public ResumeDate? StartDate { get; init; }

    /// <summary>Null where the work goes on.</summary>
    public ResumeDate? EndDate { get; init; }

    public string? Summary { get; init; }
    public IReadOnlyList<string> Highlights { get; init; } = [];
}
