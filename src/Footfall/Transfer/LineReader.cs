using System.Text;

namespace Footfall.Transfer;

/// <summary>Reads a text line by line, and no line beyond a length, however long the text without a line's end is.</summary>
/// <param name="maxLength">In characters.</param>
internal sealed class LineReader(TextReader text, int maxLength)
{
    private readonly char[] buffer = new char[4096];
    private readonly StringBuilder line = new();
    private int start;
    private int end;

    /// <returns>The next line, without its end (LF or CR LF); null behind the last.</returns>
    /// <exception cref="FormatException">It is longer.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        line.Clear();
        while (await FillAsync(cancellationToken))
        {
            var rest = buffer.AsSpan(start, end - start);
            var length = rest.IndexOf('\n');
            Append(length < 0 ? rest : rest[..length]);
            start = length < 0 ? end : start + length + 1;
            if (length >= 0)
            {
                return Finished();
            }
        }

        return line.Length == 0 ? null : Finished();
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (start == end)
        {
            start = 0;
            end = await text.ReadAsync(buffer.AsMemory(), cancellationToken);
        }

        return end > 0;
    }

    private void Append(ReadOnlySpan<char> part)
    {
        if (line.Length + part.Length > maxLength)
        {
            throw new FormatException($"found more than {maxLength} characters; expected a shorter line.");
        }

        line.Append(part);
    }

    private string Finished() => line is { Length: > 0 } && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
}
