namespace Footfall.Site;

public sealed record Education : SectionEntry
{
    public string? Institution { get; init; }
    public string? Area { get; init; }
    public string? StudyType { get; init; }

    public string? Score { get; init; }
    public IReadOnlyList<string> Courses { get; init; } = [];
}
