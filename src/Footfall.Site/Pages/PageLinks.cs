namespace Footfall.Site.Pages;

/// <summary>The addresses that a page refers to, as they stand in its HTML.</summary>
public sealed record PageLinks
{
    public required string Home { get; init; }
    public required string Stylesheet { get; init; }
    /// <summary>The fonts that are needed at once.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];

    public required string Script { get; init; }
    public required string Favicon { get; init; }
    public required string Download { get; init; }
    public required string Api { get; init; }

    /// <summary>The portrait; null where there is none.</summary>
    public string? Portrait { get; init; }

    /// <summary>Where the site is on the web; null where the owner has not said.</summary>
    public Uri? Site { get; init; }
}
