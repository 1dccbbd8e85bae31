namespace Footfall.Site;

/// <summary>
/// A person's résumé: what a <c>resume.json</c> in the JSON Resume format (version 1.0.0) says, cleaned.
/// Texts are trimmed and never empty, lists hold no empty entries, and everything keeps the file's order.
/// </summary>
public sealed record Resume
{
    public required Basics Basics { get; init; }
    public IReadOnlyList<Work> Work { get; init; } = [];
    public IReadOnlyList<Volunteer> Volunteer { get; init; } = [];
    public IReadOnlyList<Education> Education { get; init; } = [];
    public IReadOnlyList<Award> Awards { get; init; } = [];
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];
    public IReadOnlyList<Publication> Publications { get; init; } = [];
    public IReadOnlyList<Skill> Skills { get; init; } = [];
    public IReadOnlyList<SpokenLanguage> Languages { get; init; } = [];
    public IReadOnlyList<Interest> Interests { get; init; } = [];
    public IReadOnlyList<Reference> References { get; init; } = [];
    public IReadOnlyList<Project> Projects { get; init; } = [];
    public ResumeMeta? Meta { get; init; }

    /// <summary>The language that it is written in.</summary>
    [JsonIgnore]
    public Language Language { get; init; } = Language.English;

    /// <summary>What the file says that the page will not show as written, in the file's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<ResumeProblem> Warnings { get; init; } = [];
}
