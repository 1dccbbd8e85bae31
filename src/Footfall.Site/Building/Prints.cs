using System.Text;
using System.Text.Encodings.Web;
using Footfall.Site.Pages;

namespace Footfall.Site;

/// <summary>Drafts of what a browser makes of a site.</summary>
internal static class Prints
{
    public const string TouchIcon = "touch-icon.png";

    /// <summary>What the services that show it ask for: 1.91 to 1.</summary>
    public const int PreviewWidth = 1200;
    public const int PreviewHeight = 630;

    private const int TouchIconSide = 180;
    private const string HtmlType = "text/html; charset=utf-8";

    /// <summary>The page on the paper of the person's country.</summary>
    public static Print OnPaper(string path, byte[] home, Resume resume)
    {
        var size = $"<style>@page {{ size: {Paper.For(resume.Basics.Location?.CountryCode)} }}</style></head>";

        // What keeps a telephone number in one line on a screen is a space or a hyphen to few programs that read the file.
        var html = Encoding.UTF8.GetString(home).Replace("</head>", size, StringComparison.Ordinal)
            .Replace("&#xA0;", " ", StringComparison.Ordinal).Replace('\u2011', '-');
        return new(path, "application/pdf", Draft("print.html", html), null);
    }

    /// <summary>Name and label, as large as a small picture needs them.</summary>
    public static Print PreviewOf(Resume resume, PageLinks links)
    {
        var site = links.Site is null ? "" : links.Site.Host + links.Site.AbsolutePath.TrimEnd('/');
        var html = $$"""
            <!DOCTYPE html>
            <html lang="{{resume.Language.Tag}}"{{(resume.Language.IsRightToLeft ? " dir=\"rtl\"" : "")}}>
            <meta charset="utf-8">
            {{string.Concat(links.Stylesheets.Select(stylesheet => $"<link rel=\"stylesheet\" href=\"{stylesheet}\">"))}}
            <style>
              :root { color-scheme: light; --ground: {{resume.Accent.Light}}; --ink: #fff; --accent: color-mix(in srgb, #fff 80%, {{resume.Accent.Light}}); --soft: var(--accent) }
              html, body { height: 100% }
              body { display: flex; flex-direction: column; justify-content: center; max-width: none; padding: 0 90px }
              h1 { font-size: 92px } .label { font-size: 40px } .site { margin-top: 56px; color: var(--soft); font: 28px var(--sans) }
            </style>
            <h1>{{Encoded(resume.Basics.Name)}}</h1>
            <p class="label">{{Encoded(resume.Basics.Label)}}</p>
            <p class="site">{{Encoded(site)}}</p>

            """;
        return new(links.Preview!, "image/png", Draft("preview.html", html), (PreviewWidth, PreviewHeight));
    }

    /// <summary>The icon without its round corners, which telephones cut themselves.</summary>
    public static Print TouchIconOf(PageLinks links, Accent accent)
    {
        var html = $$"""
            <!DOCTYPE html>
            <style>body { margin: 0; background: {{accent.Light}} } img { display: block; width: 100vw }</style>
            <img src="{{links.Favicon}}" alt="">

            """;
        return new(TouchIcon, "image/png", Draft("touch-icon.html", html), (TouchIconSide, TouchIconSide));
    }

    private static SiteFile Draft(string name, string html) =>
        new(name, HtmlType, CacheControl.Revalidated, Encoding.UTF8.GetBytes(html.ReplaceLineEndings("\n")));

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
