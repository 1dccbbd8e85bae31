namespace Footfall.Site.Pages;

/// <summary>The same résumé in a language, as a page refers to it.</summary>
/// <param name="Language">The language.</param>
/// <param name="Href">The address for readers, relative.</param>
/// <param name="Address">The address for search engines.</param>
/// <param name="IsCurrent">Whether it is the page that refers to it.</param>
/// <param name="IsDefault">Whether it is for readers of all other languages.</param>
public sealed record Translation(Language Language, string Href, string Address, bool IsCurrent, bool IsDefault)
{
    /// <summary>What the language calls itself; its tag, where the page has no words in it.</summary>
    public string Name => Language.HasWords ? Language.Words.Name : Language.Tag;
}
