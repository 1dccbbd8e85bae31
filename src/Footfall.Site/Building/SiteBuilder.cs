using System.Text;
using Footfall.Site.Pages;

namespace Footfall.Site;

/// <summary>Makes the site's files of a résumé, or of one in several languages. The same input gives the same bytes.</summary>
public static class SiteBuilder
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <param name="resume">What the page says.</param>
    /// <param name="options">What is known beside it.</param>
    /// <param name="cancellationToken">Ends the reading of local pictures.</param>
    public static Task<BuiltSite> BuildAsync(Resume resume, SiteOptions options, CancellationToken cancellationToken = default) =>
        BuildAsync([resume], options, cancellationToken);

    /// <param name="resumes">The first page's, then its translations; of two in one language the first counts.</param>
    /// <param name="options">What is known beside them.</param>
    /// <param name="cancellationToken">Ends the reading of local pictures.</param>
    public static async Task<BuiltSite> BuildAsync(
        IReadOnlyList<Resume> resumes, SiteOptions options, CancellationToken cancellationToken = default)
    {
        var pages = PagePlace.Of(resumes);
        var first = resumes[0];
        var typeface = options.OwnTypeface ? new Typeface() : null;
        var shared = new SharedFiles(first, typeface, options);
        await using var renderer = new PageRenderer();
        List<SiteFile> files = [];
        List<string> warnings = [];
        List<Print> prints = [];
        foreach (var (resume, place) in pages)
        {
            var portrait = await Portrait.LoadAsync(resume.Basics.Image, options, cancellationToken);
            var links = LinksOf(resume, place, shared, portrait, options) with
            {
                Translations = PagePlace.Links(pages, place, options.SiteUrl),
                Counter = first.CountsEach ? place.Counter : "/",
            };
            var home = await renderer.RenderAsync<Home>(
                (nameof(Home.Resume), resume),
                (nameof(Home.Links), links),
                (nameof(Home.KnownVisits), options.KnownVisits));
            files.Add(new(place.Page, HtmlType, CacheControl.Revalidated, home));
            files.Add(new(place.Download, "application/json; charset=utf-8", CacheControl.Revalidated, Download(resume, links)));
            files.AddRange(portrait.File is null ? [] : [portrait.File]);
            warnings.AddRange([.. resume.Warnings.Select(warning => warning.ToString()), .. portrait.Complaint is null ? (string[])[] : [portrait.Complaint]]);
            prints.AddRange(PrintsOf(resume, links, home));
            if (place.IsFirst)
            {
                files.Add(new("404.html", HtmlType, CacheControl.Revalidated, await renderer.RenderAsync<NotFound>(
                    (nameof(NotFound.Name), resume.Basics.Name),
                    (nameof(NotFound.Links), FromAnywhere(links, options.Root ?? RootOf(options.SiteUrl))),
                    (nameof(NotFound.Language), resume.Language))));
                prints.AddRange(links.TouchIcon is null ? [] : [Prints.TouchIconOf(links, first.Accent)]);
            }
        }

        files.AddRange(shared.Files);
        if (options.IsCounted)
        {
            // Other pages may be counted where the résumé is not.
            files.Add(Assets.CountScript(ApiAddress(options.ApiBase)));
        }

        files.AddRange(shared.IsCounted ? NumbersPage.Files(shared.Favicon, options.ApiBase) : []);
        files.AddRange([Assets.Robots(options.SiteUrl), Assets.Headers(options.ApiBase)]);
        if (options.SiteUrl is not null)
        {
            files.Add(Assets.Sitemap(options.SiteUrl, pages));
        }

        if (typeface is not null)
        {
            var text = string.Concat(files.Where(file => file.ContentType == HtmlType).Select(file => Encoding.UTF8.GetString(file.Content.Span)));
            files.AddRange(typeface.FilesFor(text));
        }

        warnings.AddRange(resumes.ExceptBy(pages.Select(page => page.Resume), resume => resume)
            .Select(resume => $"expected each language once, found {resume.Language.Tag} again; the second résumé in it is left out"));
        return new([.. files.DistinctBy(file => file.Path)], [.. warnings.Concat(shared.Complaints)])
        {
            Prints = prints,
            Counters = first.CountsEach ? [.. pages.Select(page => page.Place.Counter)] : ["/"],
        };
    }

    private static PageLinks LinksOf(Resume resume, PagePlace place, SharedFiles shared, Portrait portrait, SiteOptions options) => new()
    {
        Home = "./",
        Stylesheets = [.. shared.Stylesheets.Select(file => file.Path)],
        Script = shared.IsCounted && resume.IsCounted ? shared.Script.Path : null,
        ShowsCount = options.ShowsCount,
        Link = options.Link,
        Favicon = shared.Favicon.Path,
        Pdf = options.HasPdf ? place.Pdf : null,
        Preview = options.HasPictures ? place.Preview : null,
        TouchIcon = options.HasPictures ? Prints.TouchIcon : null,
        Fonts = shared.Preloaded,
        Download = place.Download,
        Api = ApiAddress(options.ApiBase),
        Portrait = portrait.File?.Path,
        Site = options.SiteUrl,
        Canonical = options.SiteUrl is null ? null : place.IsFirst ? options.SiteUrl : new(place.AddressIn(options.SiteUrl)),
    };

    private static IEnumerable<Print> PrintsOf(Resume resume, PageLinks links, byte[] home)
    {
        if (links.Pdf is not null)
        {
            yield return Prints.OnPaper(links.Pdf, home, resume);
        }

        if (links.Preview is not null)
        {
            yield return Prints.PreviewOf(resume, links);
        }
    }

    private static string ApiAddress(Uri? apiBase) => apiBase is null ? "api/visits" : $"{apiBase.AbsoluteUri.TrimEnd('/')}/api/visits";

    /// <summary>404.html answers at any depth, so it can't use relative addresses.</summary>
    private static PageLinks FromAnywhere(PageLinks links, string root) => links with
    {
        Home = root,
        Stylesheets = [.. links.Stylesheets.Select(stylesheet => root + stylesheet)],
        Favicon = root + links.Favicon,
        TouchIcon = links.TouchIcon is null ? null : root + links.TouchIcon,
        Fonts = [.. links.Fonts.Select(font => root + font)],
    };

    private static string RootOf(Uri? site) => site is null ? "/" : site.AbsolutePath.TrimEnd('/') + "/";

    /// <summary>The résumé as it was understood: what the page shows, and nothing from the writer's own fields.</summary>
    private static byte[] Download(Resume resume, PageLinks links)
    {
        var published = resume with { Basics = resume.Basics with { Image = links.Portrait } };
        return Encoding.UTF8.GetBytes(ResumeJson.Write(published) + "\n");
    }

    /// <summary>What all pages of a site refer to.</summary>
    private sealed class SharedFiles
    {
        public SharedFiles(Resume first, Typeface? typeface, SiteOptions options)
        {
            IsCounted = options.IsCounted && first.IsCounted;
            Script = Assets.Script("counter");
            Favicon = Assets.Favicon(first.Basics.Name, first.Accent);
            Stylesheets = [Assets.Stylesheet(typeface, first.Accent), .. options.Stylesheet is { } own ? [OwnStylesheet.FileOf(own)] : (SiteFile[])[]];
            Complaints = options.Stylesheet is { } css ? [.. OwnStylesheet.ComplaintsOf(css)] : [];
            Preloaded = [.. typeface?.Preloaded ?? []];
        }

        public bool IsCounted { get; }

        public SiteFile Script { get; }

        public SiteFile Favicon { get; }

        public IReadOnlyList<SiteFile> Stylesheets { get; }

        public IReadOnlyList<string> Preloaded { get; }

        public IReadOnlyList<string> Complaints { get; }

        public IEnumerable<SiteFile> Files => [.. Stylesheets, Favicon, .. IsCounted ? [Script] : (SiteFile[])[]];
    }
}
