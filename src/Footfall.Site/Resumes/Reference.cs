namespace Footfall.Site;

public sealed record Reference : SectionEntry
{
    public string? Name { get; init; }

    /// <summary>What that person says.</summary>
    [JsonPropertyName("reference")]
    public string? Words { get; init; }
}
