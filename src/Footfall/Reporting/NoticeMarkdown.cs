using System.Text;

namespace Footfall.Reporting;

/// <summary>A notice as Markdown (CommonMark).</summary>
public static class NoticeMarkdown
{
    public static string Write(Notice notice)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(ForeignText.Markdown(notice.Title)).Append('\n');
        foreach (var remark in notice.Remarks)
        {
            text.Append('\n').Append(remark).Append('\n');
        }

        foreach (var section in notice.Sections)
        {
            text.Append("\n## ").Append(section.Title).Append("\n\n");
            foreach (var line in section.Lines)
            {
                text.Append("- ").Append(ForeignText.Markdown(line.Name)).Append(": ").Append(line.Text).Append('\n');
            }
        }

        return text.ToString();
    }
}
