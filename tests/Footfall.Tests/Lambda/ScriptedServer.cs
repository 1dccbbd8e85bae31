using System.Text;

namespace Footfall.Tests.Lambda;

/// <summary>
/// The other end of a connection: gives what the script says, in the pieces of the script, and keeps what it is sent.
/// </summary>
internal sealed class ScriptedServer(params string[] pieces) : Stream
{
    private readonly Queue<byte[]> waiting = new(pieces.Select(Encoding.UTF8.GetBytes));
    private readonly StringBuilder sent = new();

    public string Sent => sent.ToString();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // After the script's end the connection is closed.
    public override int Read(Span<byte> buffer)
    {
        if (!waiting.TryDequeue(out var piece))
        {
            return 0;
        }

        var taken = Math.Min(buffer.Length, piece.Length);
        piece.AsSpan(0, taken).CopyTo(buffer);
        if (taken < piece.Length)
        {
            var rest = waiting.ToArray();
            waiting.Clear();
            waiting.Enqueue(piece[taken..]);
            Array.ForEach(rest, waiting.Enqueue);
        }

        return taken;
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        sent.Append(Encoding.UTF8.GetString(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
