using System.Globalization;
using System.Text;

namespace Footfall.Reporting;

/// <summary>A notice as lines of text: for a terminal, a mail, or a chat that has its own idea of some characters.</summary>
public static class NoticeText
{
    // Of a section, where not all of it fits.
    private const int MostLines = 40;

    /// <summary>Its title alone, for a subject.</summary>
    public static string WriteTitle(Notice notice) => ForeignText.Plain(notice.Title);

    /// <summary>The whole of it, with a line's end behind the last line.</summary>
    public static string Write(Notice notice) => string.Join("", Lines(notice, ForeignText.Plain).Select(line => $"{line}\n"));

    /// <summary>As much of it as plain text as goes into a message.</summary>
    /// <inheritdoc cref="WriteShort(Notice, Func{string, string}, int)"/>
    public static string WriteShort(Notice notice, int most) => WriteShort(notice, ForeignText.Plain, most);

    /// <summary>As many lines of each section as go into a message, and how many are missing.</summary>
    /// <param name="escape">Makes of foreign text what the reader shows as that text.</param>
    /// <param name="most">The most bytes of UTF-8; more than the title and a line of each section.</param>
    public static string WriteShort(Notice notice, Func<string, string> escape, int most)
    {
        var text = string.Join('\n', Lines(notice, escape));
        for (var lines = MostLines; lines > 0 && Encoding.UTF8.GetByteCount(text) > most; lines--)
        {
            text = string.Join('\n', Lines(notice, escape, lines));
        }

        return text;
    }

    private static IEnumerable<string> Lines(Notice notice, Func<string, string> escape, int most = int.MaxValue)
    {
        yield return escape(notice.Title);
        foreach (var remark in notice.Remarks)
        {
            yield return remark;
        }

        foreach (var section in notice.Sections)
        {
            yield return "";
            yield return section.Title;
            foreach (var line in section.Lines.Take(most))
            {
                yield return $"  {escape(line.Name)}: {line.Text}";
            }

            if (section.Lines.Count > most)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  ... and {section.Lines.Count - most} more: footfall report shows all");
            }
        }
    }
}
