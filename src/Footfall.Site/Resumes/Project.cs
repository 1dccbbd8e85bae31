namespace Footfall.Site;

public sealed record Project
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> Highlights { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public ResumeDate? StartDate { get; init; }

    /// <summary>Null where the project goes on.</summary>
    public ResumeDate? EndDate { get; init; }

    public Uri? Url { get; init; }
    public IReadOnlyList<string> Roles { get; init; } = [];
    public string? Entity { get; init; }
    public string? Type { get; init; }
}
