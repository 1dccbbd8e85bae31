using System.Text.Json;

namespace Footfall.Site;

public sealed record Basics
{
    public required string Name { get; init; }
    public string? Label { get; init; }

    /// <summary>A path beside the résumé, a <c>data:</c> address, or a remote one (which no page shows).</summary>
    public string? Image { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }
    public Uri? Url { get; init; }
    public string? Summary { get; init; }
    public Location? Location { get; init; }
    public IReadOnlyList<Profile> Profiles { get; init; } = [];

    /// <summary>Fields of no known name, as they were written; null where there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}

public sealed record Location
{
    public string? Address { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
    public string? CountryCode { get; init; }
    public string? Region { get; init; }

    /// <summary>Fields of no known name, as they were written; null where there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}

#pragma warning disable CA1724 // The format's own term; System.Web.Profile is .NET Framework's.
public sealed record Profile
#pragma warning restore CA1724
{
    public string? Network { get; init; }
    public string? Username { get; init; }
    public Uri? Url { get; init; }

    /// <summary>Fields of no known name, as they were written; null where there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
