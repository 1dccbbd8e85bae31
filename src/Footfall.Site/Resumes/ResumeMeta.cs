namespace Footfall.Site;

public sealed record ResumeMeta
{
    /// <summary>The tag of the language that the résumé is written in, as the file says it.</summary>
    public string? Language { get; init; }

    /// <summary>Where the latest version of this résumé's file is.</summary>
    public Uri? Canonical { get; init; }

    public string? Version { get; init; }
    public ResumeDate? LastModified { get; init; }
}
