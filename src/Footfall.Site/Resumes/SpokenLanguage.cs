namespace Footfall.Site;

public sealed record SpokenLanguage
{
    public string? Language { get; init; }
    public string? Fluency { get; init; }
}
