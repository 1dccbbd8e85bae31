namespace Footfall.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = FindRoot();

    public static string File(params string[] path) => Path.Combine([Root.FullName, .. path]);

    private static DirectoryInfo FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(directory.FullName, "Footfall.slnx")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} holds Footfall.slnx.");
    }
}
