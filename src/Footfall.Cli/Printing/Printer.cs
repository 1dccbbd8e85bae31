using System.Text;

namespace Footfall.Cli.Printing;

/// <summary>
/// The one way to the terminal: what is written through it is shown, never obeyed (see <see cref="PrintedText"/>), and
/// a terminal that has gone, or a disk that is full, is remembered and keeps nobody from going on. Safe for concurrent
/// use; a line is written whole.
/// </summary>
internal sealed class Printer(TextWriter terminal, bool isTerminal = false) : TextWriter
{
    private readonly Lock gate = new();

    /// <summary>Why not all that was written has arrived; null when it has.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Whether a person looks on, and no pipe, file or log.</summary>
    public bool IsTerminal => isTerminal;

    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Print(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Print(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Print(buffer.ToString());

    public override void Write(string? value) => Print(value ?? "");

    public override void WriteLine(string? value) => Print(value + NewLine);

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => Try(terminal.Flush);

    public override Task FlushAsync()
    {
        Flush();
        return Task.CompletedTask;
    }

    private void Print(string text) => Try(() => terminal.Write(PrintedText.Of(text)));

    private void Try(Action write)
    {
        lock (gate)
        {
            try
            {
                write();
            }
            catch (IOException e)
            {
                Failure = e;
            }
            catch (UnauthorizedAccessException e)
            {
                Failure = new IOException(e.Message, e);
            }
        }
    }
}
