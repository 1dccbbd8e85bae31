namespace Footfall.Cli.Files;

/// <summary>
/// Writes a file whole or not at all: beside it under a name that nobody can guess, then in its place. What stands there
/// stays until then, and a symbolic link that stands there is replaced, never written through: whoever may plant one in
/// the folder cannot choose what is overwritten.
/// </summary>
internal static class WholeFile
{
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="path">Its folder is there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="stop">Leaves what was there.</param>
    /// <exception cref="IOException">It cannot be written; what was there is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var unfinished = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetRandomFileName()}");
        try
        {
            await using (var file = new FileStream(unfinished, Options()))
            {
                await file.WriteAsync(content, stop);
#pragma warning disable CA1849 // Only this one waits for the disk.
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    // The umask takes from these rights what the owner does not want to give.
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ReadableByAll;
        }

        return options;
    }
}
