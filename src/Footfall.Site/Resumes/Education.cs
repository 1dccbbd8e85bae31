namespace Footfall.Site;

public sealed record Education
{
    public string? Institution { get; init; }
    public Uri? Url { get; init; }
    public string? Area { get; init; }
    public string? StudyType { get; init; }
    public ResumeDate? StartDate { get; init; }

    /// <summary>Null where the studies go on.</summary>
    public ResumeDate? EndDate { get; init; }

    public string? Score { get; init; }
    public IReadOnlyList<string> Courses { get; init; } = [];
}
