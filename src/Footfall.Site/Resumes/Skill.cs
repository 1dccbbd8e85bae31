namespace Footfall.Site;

public sealed record Skill
{
    public string? Name { get; init; }
    public string? Level { get; init; }
    public IReadOnlyList<string> Keywords { get; init; } = [];
}
