using System.Text;
using Utf8Text = System.Text.Unicode.Utf8;

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

    /// <summary>Whether the bytes were no UTF-8 and have been read as Windows-1252, which they then most likely are.</summary>
    public bool WasWindows1252 { get; private init; }

    /// <summary>Takes a byte order mark away, and UTF-16 (as PowerShell's <c>&gt;</c> writes it), which has a zero beside JSON's first bracket, to UTF-8.</summary>
    public static JsonSource From(string file, ReadOnlySpan<byte> content) => content switch
    {
        [0xFF, 0xFE, .. var rest] => new(file, Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(rest))),
        [0xFE, 0xFF, .. var rest] => new(file, Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(rest))),
        [0xEF, 0xBB, 0xBF, .. var rest] => FromUtf8(file, rest),
        [not 0, 0, ..] => new(file, Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(content))),
        [0, not 0, ..] => new(file, Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(content))),
        _ => FromUtf8(file, content),
    };

    private static JsonSource FromUtf8(string file, ReadOnlySpan<byte> content) => Utf8Text.IsValid(content)
        ? new(file, content.ToArray())
        : new(file, Encoding.UTF8.GetBytes(Windows1252(content))) { WasWindows1252 = true };

    /// <summary>Latin-1 but for its second block of control characters, where Windows has quotation marks and dashes.</summary>
    private static string Windows1252(ReadOnlySpan<byte> content)
    {
        const string Block = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
        return string.Create(content.Length, content, (text, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                text[i] = bytes[i] is >= 0x80 and < 0xA0 ? Block[bytes[i] - 0x80] : (char)bytes[i];
            }
        });
    }

    public ResumeProblem ProblemAt(long offset, string path, string message)
    {
        var before = Utf8.AsSpan(0, (int)Math.Min(offset, Utf8.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new(File, line, column, path, message);
    }
}
