namespace Footfall.Site;

public sealed record ResumeMeta
{
    /// <summary>Where the latest version of this résumé's file is.</summary>
    public Uri? Canonical { get; init; }

    public string? Version { get; init; }
    public ResumeDate? LastModified { get; init; }
}
