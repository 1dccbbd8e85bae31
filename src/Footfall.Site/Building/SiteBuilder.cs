using System.Text;
using Footfall.Site.Pages;

namespace Footfall.Site;

/// <summary>Makes the site's files of a résumé. The same input gives the same bytes.</summary>
public static class SiteBuilder
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <param name="resume">What the page says.</param>
    /// <param name="options">What is known beside it.</param>
    /// <param name="cancellationToken">Ends the reading of local pictures.</param>
    public static async Task<BuiltSite> BuildAsync(
        Resume resume, SiteOptions options, CancellationToken cancellationToken = default)
    {
        resume = resume with { Language = options.Language ?? resume.Language };
        var typeface = options.OwnTypeface ? new Typeface() : null;
        var isCounted = options.IsCounted && resume.IsCounted;
        var stylesheet = Assets.Stylesheet(typeface);
        var script = Assets.Script("counter");
        var favicon = Assets.Favicon(resume.Basics.Name);
        var portrait = await Portrait.LoadAsync(resume.Basics.Image, options.ImageFolder, cancellationToken);
        var links = new PageLinks
        {
            Home = "./",
            Stylesheet = stylesheet.Path,
            Script = isCounted ? script.Path : null,
            ShowsCount = options.ShowsCount,
            Favicon = favicon.Path,
            Pdf = options.HasPdf ? Prints.Pdf : null,
            Preview = options is { HasPictures: true, SiteUrl: not null } ? Prints.Preview : null,
            TouchIcon = options.HasPictures ? Prints.TouchIcon : null,
            Fonts = [.. typeface?.Preloaded ?? []],
            Download = "resume.json",
            Api = ApiAddress(options.ApiBase),
            Portrait = portrait.File?.Path,
            Site = options.SiteUrl,
        };

        await using var renderer = new PageRenderer();
        var home = await renderer.RenderAsync<Home>(
            (nameof(Home.Resume), resume),
            (nameof(Home.Links), links),
            (nameof(Home.KnownVisits), options.KnownVisits));
        var lost = await renderer.RenderAsync<NotFound>(
            (nameof(NotFound.Name), resume.Basics.Name),
            (nameof(NotFound.Links), FromAnywhere(links, options.Root ?? RootOf(options.SiteUrl))),
            (nameof(NotFound.Language), resume.Language));

        List<SiteFile> files =
        [
            new("index.html", HtmlType, CacheControl.Revalidated, home),
            new("404.html", HtmlType, CacheControl.Revalidated, lost),
            stylesheet,
            favicon,
            new(links.Download, "application/json; charset=utf-8", CacheControl.Revalidated, Download(resume, links)),
            Assets.Robots(options.SiteUrl),
            Assets.Headers(options.ApiBase),
        ];
        if (options.IsCounted)
        {
            // Other pages may be counted where the résumé is not.
            files.Add(Assets.CountScript(ApiAddress(options.ApiBase)));
        }

        if (isCounted)
        {
            files.Add(script);
            files.AddRange(NumbersPage.Files(favicon, options.ApiBase));
        }

        if (options.SiteUrl is not null)
        {
            files.Add(Assets.Sitemap(options.SiteUrl, resume.Meta?.LastModified?.Machine));
        }

        if (typeface is not null)
        {
            files.AddRange(typeface.FilesFor(Encoding.UTF8.GetString(home) + Encoding.UTF8.GetString(lost)));
        }

        if (portrait.File is not null)
        {
            files.Add(portrait.File);
        }

        var warnings = resume.Warnings.Select(warning => warning.ToString());
        return new(files, [.. portrait.Complaint is null ? warnings : warnings.Append(portrait.Complaint)])
        {
            Prints = [.. PrintsOf(resume, links, home)],
        };
    }

    private static IEnumerable<Print> PrintsOf(Resume resume, PageLinks links, byte[] home)
    {
        if (links.Pdf is not null)
        {
            yield return Prints.OnPaper(home, resume.Basics.Location?.CountryCode);
        }

        if (links.Preview is not null)
        {
            yield return Prints.PreviewOf(resume, links);
        }

        if (links.TouchIcon is not null)
        {
            yield return Prints.TouchIconOf(links);
        }
    }

    private static string ApiAddress(Uri? apiBase) => apiBase is null ? "api/visits" : $"{apiBase.AbsoluteUri.TrimEnd('/')}/api/visits";

    /// <summary>404.html answers at any depth, so it can't use relative addresses.</summary>
    private static PageLinks FromAnywhere(PageLinks links, string root) => links with
    {
        Home = root,
        Stylesheet = root + links.Stylesheet,
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
}
