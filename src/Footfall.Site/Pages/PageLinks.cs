namespace Footfall.Site.Pages;

/// <summary>The addresses that a page refers to, as they stand in its HTML.</summary>
public sealed record PageLinks
{
    public required string Home { get; init; }
    /// <summary>In the order of their effect.</summary>
    public required IReadOnlyList<string> Stylesheets { get; init; }

    /// <summary>The fonts that are needed at once.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];

    /// <summary>The script that asks to be counted; null on a page that is not.</summary>
    public string? Script { get; init; }

    /// <summary>Whether the number has a place on the page; it is counted all the same.</summary>
    public bool ShowsCount { get; init; } = true;

    /// <summary>The key of the owner's link that the page is for; null for none.</summary>
    public string? Link { get; init; }

    public required string Favicon { get; init; }
    public required string Download { get; init; }
    public required string Api { get; init; }

    /// <summary>The résumé on paper; null where nothing here could print it.</summary>
    public string? Pdf { get; init; }

    /// <summary>The picture for whoever passes the page's address on; null where nothing here could draw it.</summary>
    public string? Preview { get; init; }

    /// <summary>The icon for a telephone's home screen; null where nothing here could draw it.</summary>
    public string? TouchIcon { get; init; }

    /// <summary>The portrait; null where there is none.</summary>
    public string? Portrait { get; init; }

    /// <summary>Where the site is on the web; null where the owner has not said.</summary>
    public Uri? Site { get; init; }

    /// <summary>Where the page itself is on the web; null where the owner has not said.</summary>
    public Uri? Canonical { get; init; }

    /// <summary>The page in each of its languages; none where it is in one.</summary>
    public IReadOnlyList<Translation> Translations { get; init; } = [];

    /// <summary>The counter that the page's visits are counted under.</summary>
    public string Counter { get; init; } = "/";
}
