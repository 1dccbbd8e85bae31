using System.Buffers;
using System.Globalization;
using System.Text;

namespace Footfall.Cli.Printing;

/// <summary>
/// Text that a terminal shows and does not obey. Names of files and fields, résumés, imports and what a server answers
/// reach the owner's terminal; in each of them anybody may have put an escape sequence that colours, moves, renames or
/// answers, or a mark that turns the order of the letters round.
/// </summary>
internal static class PrintedText
{
    private static readonly SearchValues<char> Commands = SearchValues.Create(
    [
        .. Range('\u0000', '\b'), .. Range('\u000b', '\u001f'), .. Range('\u007f', '\u009f'), // C0 and C1, but tab and line feed
        '\u061c', '\u200e', '\u200f', .. Range('\u2028', '\u202e'), .. Range('\u2066', '\u2069'), // direction, and lines of their own
    ]);

    /// <summary>The text with each such character written out, as <c>\u001b</c>. Line feeds and tabs stay.</summary>
    public static string Of(string text)
    {
        var start = text.AsSpan().IndexOfAny(Commands);
        if (start < 0)
        {
            return text;
        }

        var printed = new StringBuilder(text, 0, start, capacity: text.Length + 16);
        foreach (var letter in text.AsSpan(start))
        {
            _ = Commands.Contains(letter)
                ? printed.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : printed.Append(letter);
        }

        return printed.ToString();
    }

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
