namespace Footfall.Site;

public sealed record Interest
{
    public string? Name { get; init; }
    public IReadOnlyList<string> Keywords { get; init; } = [];
}
