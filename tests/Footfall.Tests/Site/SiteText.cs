using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Footfall.Site;

namespace Footfall.Tests.Site;

internal static class SiteText
{
    public static SiteFile File(this BuiltSite site, string path) => site.Files.Single(file => file.Path == path);

    public static string Text(this BuiltSite site, string path) => Text(site.File(path));

    public static IHtmlDocument Html(string text) => new HtmlParser().ParseDocument(text);

    public static string Text(this SiteFile file) => Encoding.UTF8.GetString(file.Content.Span);
}
