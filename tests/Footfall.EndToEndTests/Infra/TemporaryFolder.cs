using System.IO.Compression;

namespace Footfall.EndToEndTests.Infra;

/// <summary>A folder that is gone when its test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("footfall-").FullName;

    /// <summary>A function's zip whose program is this shell script.</summary>
    public string Zip(string script, string architecture = "x86_64")
    {
        var path = System.IO.Path.Combine(Path, $"footfall-{architecture}.zip");
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        var bootstrap = zip.CreateEntry("bootstrap");
        bootstrap.ExternalAttributes = Convert.ToInt32("100755", 8) << 16;
        using var writer = new StreamWriter(bootstrap.Open());
        writer.Write($"#!/bin/sh\n{script}\n");
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
