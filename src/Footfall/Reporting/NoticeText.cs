using System.Globalization;
using System.Text;

namespace Footfall.Reporting;

/// <summary>A notice as lines of text: for a terminal, a mail, or a chat that has its own idea of some characters.</summary>
public static class NoticeText
{
    // What the line that says how many are missing takes at most.
    private const int MaxRest = 80;

    /// <summary>The whole of it, with a line's end behind the last line.</summary>
    public static string Write(Notice notice) => string.Join("", Lines(notice, ForeignText.Plain).Select(line => $"{line}\n"));

    /// <summary>As much of it as plain text as goes into a message.</summary>
    /// <inheritdoc cref="WriteShort(Notice, Func{string, string}, int)"/>
    public static string WriteShort(Notice notice, int most) => WriteShort(notice, ForeignText.Plain, most);

    /// <summary>As much of it as goes into a message, and how many lines are missing.</summary>
    /// <param name="escape">Makes of foreign text what the reader shows as that text.</param>
    /// <param name="most">The most bytes of UTF-8; more than a line of them.</param>
    public static string WriteShort(Notice notice, Func<string, string> escape, int most)
    {
        var lines = Lines(notice, escape).ToList();
        var room = most - MaxRest;
        var kept = lines.TakeWhile(line => (room -= Encoding.UTF8.GetByteCount(line) + 1) >= 0).Count();
        return kept == lines.Count
            ? string.Join('\n', lines)
            : string.Join(
                '\n',
                [
                    .. lines.Take(kept),
                    string.Create(CultureInfo.InvariantCulture, $"... and {lines.Count - kept} more lines: footfall report shows all."),
                ]);
    }

    private static IEnumerable<string> Lines(Notice notice, Func<string, string> escape)
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
            foreach (var line in section.Lines)
            {
                yield return $"  {escape(line.Name)}: {line.Text}";
            }
        }
    }
}
