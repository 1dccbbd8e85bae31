namespace Footfall.Site;

public sealed record Project : SectionEntry
{
    public string? Name { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];
    public string? Entity { get; init; }
    public string? Type { get; init; }
}
