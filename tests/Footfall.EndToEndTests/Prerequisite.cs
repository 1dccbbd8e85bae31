namespace Footfall.EndToEndTests;

/// <summary>What a test needs beside the SDK. Missing, it skips the test on a desk and fails it in CI.</summary>
public static class Prerequisite
{
    public static void Require(bool isThere, string what)
    {
        if (isThere)
        {
            return;
        }

        var missing = $"{what} is missing: run script/setup.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }

        Assert.Skip(missing);
    }

    public static void RequireFile(string path) => Require(File.Exists(path), path);

    /// <summary>The folder that holds <c>Footfall.slnx</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    private static string FindRepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Footfall.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of their repository.");
    }
}
