namespace Footfall.Site;

/// <summary>What of a file is read, where it is not all.</summary>
public sealed record ReadingOptions
{
    /// <summary>The tag of a variant: of what carries tags, only what carries this one is read; null reads all.</summary>
    public string? Variant { get; init; }

    /// <summary>Whether what is for the printed copy only is read: the result is not to be published.</summary>
    public bool ForPrint { get; init; }

    /// <summary>The language of the page, where it is not the one that the file says.</summary>
    public Language? Language { get; init; }
}
