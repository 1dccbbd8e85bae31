using System.Text;

namespace Footfall.Site;

/// <summary>A JSON file's text as UTF-8, and the way from an offset in it to a line and a column.</summary>
internal sealed class JsonSource
{
    private JsonSource(string file, byte[] utf8)
    {
        File = file;
        Utf8 = utf8;
    }

    public string File { get; }

    public byte[] Utf8 { get; }

    /// <summary>Takes a byte order mark away, and UTF-16 (as PowerShell's <c>&gt;</c> writes it) to UTF-8.</summary>
    public static JsonSource From(string file, ReadOnlySpan<byte> content) => new(file, content switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => rest.ToArray(),
        [0xFF, 0xFE, .. var rest] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(rest)),
        [0xFE, 0xFF, .. var rest] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(rest)),
        _ => content.ToArray(),
    });

    public ResumeProblem ProblemAt(long offset, string path, string message)
    {
        var before = Utf8.AsSpan(0, (int)Math.Min(offset, Utf8.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new(File, line, column, path, message);
    }
}
