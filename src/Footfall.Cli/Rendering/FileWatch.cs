using Footfall.Site;

namespace Footfall.Cli.Rendering;

/// <summary>
/// Notices that files change, by looking at their time and size. Looking works on every file system, network shares
/// and container mounts included, and does not care whether an editor writes a file or replaces it, or whether a link on
/// the way to it is turned elsewhere.
/// </summary>
internal sealed class FileWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Dictionary<string, string> seen = new(StringComparer.Ordinal);

    /// <param name="files">There need not be such files; that one appears is a change, too.</param>
    public FileWatch(IEnumerable<string> files) => Follow(files);

    /// <summary>Watches these files from now on; of one that was watched before, no change is lost.</summary>
    public void Follow(IEnumerable<string> files) =>
        seen = files.Distinct(StringComparer.Ordinal)
            .ToDictionary(file => file, file => seen.GetValueOrDefault(file) ?? Look(file), StringComparer.Ordinal);

    /// <summary>
    /// Completes when a file is not what it was when this completed last, and has been left alone for a moment, so
    /// that whoever writes it is done.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled first.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var last = seen;
        while (true)
        {
            await Task.Delay(Interval, cancellationToken);
            var now = seen.Keys.ToDictionary(file => file, Look, StringComparer.Ordinal);
            if (!IsSame(now, seen) && IsSame(now, last))
            {
                seen = now;
                return;
            }

            last = now;
        }
    }

    private static bool IsSame(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.All(file => other[file.Key] == file.Value);

    // Where its links lead is a part of it: another target may have the same time and size, as all files of a Nix
    // store have the same time.
    private static string Look(string file)
    {
        try
        {
            var info = new FileInfo(RealPath.Of(file));
            return info.Exists ? $"{info.FullName}:{info.LastWriteTimeUtc.Ticks}:{info.Length}" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
