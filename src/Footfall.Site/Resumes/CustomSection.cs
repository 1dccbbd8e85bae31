namespace Footfall.Site;

/// <summary>A section that the format does not have: talks, patents, whatever its writer has called it.</summary>
public sealed record CustomSection
{
    /// <summary>The field's name in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What stands there without being an entry: a plain text, or texts.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public IReadOnlyList<CustomEntry> Entries { get; init; } = [];
}

/// <summary>One talk, one patent, ...</summary>
public sealed record CustomEntry : SectionEntry
{
    public string? Title { get; init; }

    /// <summary>Whose it is, or where: an organization, a conference.</summary>
    public string? Subtitle { get; init; }

    public ResumeDate? Date { get; init; }
}
