namespace Footfall.Site;

/// <summary>The names of the page's sections.</summary>
public static class SectionNames
{
    /// <summary>The order in which sections are shown; <c>about</c> is <c>basics.summary</c>.</summary>
    public static IReadOnlyList<string> DefaultOrder { get; } =
    [
        "about", "work", "projects", "volunteer", "education", "certificates", "awards", "publications",
        "skills", "languages", "interests", "references",
    ];
}
