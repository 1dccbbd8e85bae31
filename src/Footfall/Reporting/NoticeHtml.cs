using System.Text;

namespace Footfall.Reporting;

/// <summary>
/// A notice as the HTML of a mail: a whole document that is read without pictures, style sheets or script. It names no
/// colour, so that each mail program's own fit, in the dark as well.
/// </summary>
public static class NoticeHtml
{
    private const string Cell = "padding:.3em 1em .3em 0;border-bottom:1px solid;text-align:start;vertical-align:top";

    public static string Write(Notice notice)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<title>").Append(ForeignText.Html(notice.Title)).Append("</title>\n</head>\n")
            .Append("<body style=\"margin:1em;max-width:40em;font:1em/1.5 system-ui,sans-serif;overflow-wrap:anywhere\">\n")
            .Append("<h1 style=\"font-size:1.4em\">").Append(ForeignText.Html(notice.Title)).Append("</h1>\n");
        foreach (var remark in notice.Remarks)
        {
            html.Append("<p>").Append(ForeignText.Html(remark)).Append("</p>\n");
        }

        foreach (var section in notice.Sections)
        {
            Write(html, section);
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, NoticeSection section)
    {
        html.Append("<h2 style=\"font-size:1.1em\">").Append(ForeignText.Html(section.Title)).Append("</h2>\n")
            .Append("<table style=\"border-collapse:collapse\">\n");
        foreach (var line in section.Lines)
        {
            html.Append("<tr><th scope=\"row\" style=\"").Append(Cell).Append("\"><bdi>").Append(ForeignText.Html(line.Name))
                .Append("</bdi></th><td style=\"").Append(Cell).Append("\">").Append(ForeignText.Html(line.Text))
                .Append("</td></tr>\n");
        }

        html.Append("</table>\n");
    }
}
