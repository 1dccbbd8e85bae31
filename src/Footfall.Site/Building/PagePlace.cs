using Footfall.Site.Pages;

namespace Footfall.Site;

/// <summary>Where a page of the site and its files are: the first at <c>/</c>, a translation beside it, <c>de.html</c>.</summary>
/// <param name="Language">The page's language.</param>
/// <param name="IsFirst">Whether it is the site's first page.</param>
internal sealed record PagePlace(Language Language, bool IsFirst)
{
    private string Middle => IsFirst ? "" : $".{Language.Tag}";

    public string Page => IsFirst ? "index.html" : $"{Language.Tag}.html";

    public string Download => $"resume{Middle}.json";

    public string Pdf => $"resume{Middle}.pdf";

    public string Preview => $"preview{Middle}.png";

    /// <summary>The page's counter where each has its own.</summary>
    public string Counter => IsFirst ? "/" : $"/{Language.Tag}";

    /// <summary>As the other pages refer to it.</summary>
    public string Relative => IsFirst ? "./" : Page;

    /// <summary>As search engines refer to it; relative where the site's address is not known.</summary>
    public string AddressIn(Uri? site) => site is null ? Relative : site.AbsoluteUri.TrimEnd('/') + "/" + (IsFirst ? "" : Page);

    /// <summary>The first of the résumés is the first page; of two in one language, the second has no place.</summary>
    public static IReadOnlyList<(Resume Resume, PagePlace Place)> Of(IReadOnlyList<Resume> resumes) =>
        [.. resumes.DistinctBy(resume => resume.Language.Tag).Select((resume, index) => (resume, new PagePlace(resume.Language, index == 0)))];

    /// <summary>All of them as links; none where there is one page only.</summary>
    public static IReadOnlyList<Translation> Links(IReadOnlyList<(Resume Resume, PagePlace Place)> pages, PagePlace current, Uri? site) => pages.Count == 1
        ? []
        : [.. pages.Select(page => new Translation(
            page.Place.Language, page.Place.Relative, page.Place.AddressIn(site), page.Place == current, page.Place.IsFirst))];
}
