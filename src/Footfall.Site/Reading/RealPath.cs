namespace Footfall.Site;

/// <summary>Where a path leads when every symbolic link on its way is followed, folders included.</summary>
public static class RealPath
{
    // As many as Linux follows (path_resolution(7)).
    private const int MostLinks = 40;

    /// <param name="path">There need be nothing at its end.</param>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var links = 0;
        var real = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Segments(full[real.Length..]).Reverse());
        while (rest.TryPop(out var segment))
        {
            if (segment == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path} leads through more than {MostLinks} symbolic links.");
            }

            if (Path.IsPathRooted(target))
            {
                real = Path.GetPathRoot(target)!;
                target = target[real.Length..];
            }

            foreach (var part in Segments(target).Reverse())
            {
                rest.Push(part);
            }
        }

        return real;
    }

    private static IEnumerable<string> Segments(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".");
}
