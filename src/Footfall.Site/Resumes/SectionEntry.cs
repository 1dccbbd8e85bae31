using System.Text.Json;

namespace Footfall.Site;

/// <summary>What an entry of any section may say beside its own fields: people write these everywhere.</summary>
public abstract record SectionEntry
{
    public string? Location { get; init; }

    /// <summary>What the employer, the project, ... is.</summary>
    public string? Description { get; init; }

    public Uri? Url { get; init; }
    public ResumeDate? StartDate { get; init; }

    /// <summary>Null where it goes on.</summary>
    public ResumeDate? EndDate { get; init; }

    public string? Summary { get; init; }
    public IReadOnlyList<string> Highlights { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Fields of no known name, as they were written and in their order; null where there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
