namespace Footfall.Site;

/// <summary>A file that a browser makes of the site: the résumé on paper, a picture.</summary>
/// <param name="Path">Where it belongs, from the site's root.</param>
/// <param name="ContentType">The value of <c>Content-Type</c>.</param>
/// <param name="Draft">The page that it is made of, which is not published; it refers to the site's files.</param>
/// <param name="Pixels">The picture's width and height; null for a PDF.</param>
public sealed record Print(string Path, string ContentType, SiteFile Draft, (int Width, int Height)? Pixels);
