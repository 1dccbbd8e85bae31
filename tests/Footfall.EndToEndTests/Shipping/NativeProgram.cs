using System.Runtime.InteropServices;
using Footfall.EndToEndTests.Shipping;
using Footfall.EndToEndTests.Tooling;

[assembly: AssemblyFixture(typeof(NativeProgram))]

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The native <c>footfall</c> as it is released: made by script/package-server when a test first asks for it.</summary>
public sealed class NativeProgram
{
    private readonly Lock gate = new();
    private Task<string>? packaged;

    /// <summary>The platform of this machine, as .NET names it.</summary>
    public static string Platform { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <summary>The archive, a .tar.gz.</summary>
    public Task<string> ArchiveAsync()
    {
        lock (gate)
        {
            return packaged ??= PackageAsync(Platform);
        }
    }

    /// <summary>The folder with what is in the archive.</summary>
    public async Task<string> FolderAsync() => (await ArchiveAsync())[..^".tar.gz".Length];

    public async Task<string> FileAsync() => Path.Combine(await FolderAsync(), "footfall");

    /// <returns>The archive for <paramref name="platform"/>.</returns>
    public static async Task<string> PackageAsync(string platform)
    {
        Tool.Require("gcc");
        var made = (await Tool.RunAsync("script/package-server", [platform])).Expect();
        return made.Output.Split('\n')
            .Where(line => line.EndsWith(".tar.gz", StringComparison.Ordinal))
            .Select(line => Path.Combine(Prerequisite.RepositoryRoot, line))
            .Single();
    }
}
