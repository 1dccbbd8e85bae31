namespace Footfall.Site;

/// <summary>
/// Reads a file that somebody named, however it behaves: a pipe that nobody writes to, a device that never ends, a file
/// that grows while it is read.
/// </summary>
internal static class BoundedFile
{
    // Much longer than a disk needs. Who opens a pipe waits for a writer, and nothing ends that wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="path">The file.</param>
    /// <param name="largest">In bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The content, or its first <paramref name="largest"/> + 1 bytes when there is more.</returns>
    /// <exception cref="IOException">It cannot be read, or is no file but a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, int largest, CancellationToken cancellationToken)
    {
        // On a thread of its own, as a system call that waits cannot be cancelled.
        var reading = Task.Factory.StartNew(
            () => Read(path, largest), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await reading.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new IOException($"{path} is no file: it can be opened, but nothing comes.", e);
        }
    }

    private static byte[] Read(string path, int largest)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (!file.CanSeek)
        {
            throw new IOException($"{path} is a pipe or a device, not a file.");
        }

        var content = new byte[Math.Min(file.Length, largest) + 1];
        var length = 0;
        while (file.Read(content, length, content.Length - length) is > 0 and var read)
        {
            length += read;
            if (length == content.Length && length <= largest)
            {
                Array.Resize(ref content, Math.Min(content.Length * 2, largest + 1));
            }
        }

        return content[..length];
    }
}
