using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Footfall.EndToEndTests.Lambda;
using Footfall.EndToEndTests.Tooling;

[assembly: AssemblyFixture(typeof(NativeFunction))]

namespace Footfall.EndToEndTests.Lambda;

/// <summary>The native binary as it is deployed: made by script/package-lambda when a test first asks for it.</summary>
public sealed class NativeFunction : IDisposable
{
    private readonly Lock gate = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("footfall-function-");
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private Task<string>? packaged;
    private Task<string>? unpacked;
    private Task<string>? emulated;

    private static string? Given => Environment.GetEnvironmentVariable("FOOTFALL_PACKAGE") is { Length: > 0 } zip
        ? Path.GetFullPath(zip, Prerequisite.RepositoryRoot)
        : null;

    /// <summary>
    /// The package, a zip file: the one that <c>FOOTFALL_PACKAGE</c> names, so that what is tested is what is deployed,
    /// or else one made of the sources.
    /// </summary>
    public Task<string> PackageAsync()
    {
        lock (gate)
        {
            return packaged ??= Given is { } zip
                ? Task.FromResult(zip)
                : PackageAsync(Prerequisite.RepositoryRoot);
        }
    }

    /// <summary>What the package is made of: a file beside it, made by script/make-sbom.</summary>
    public async Task<string> MaterialsAsync()
    {
        var file = Path.ChangeExtension(await PackageAsync(), ".cdx.json");
        if (Given is null)
        {
            Tool.Require("jq");
            _ = (await Tool.RunAsync("script/make-sbom", [])).Expect();
        }

        Prerequisite.RequireFile(file);
        return file;
    }

    /// <summary>The <c>bootstrap</c> that is in the package.</summary>
    public Task<string> BinaryAsync()
    {
        lock (gate)
        {
            return unpacked ??= UnpackAsync();
        }
    }

    /// <summary>The same for the other of Lambda's architectures, made on this machine, and run by an emulator.</summary>
    public Task<string> EmulatedAsync()
    {
        lock (gate)
        {
            return emulated ??= EmulateAsync();
        }
    }

    /// <summary>Packages the sources of <paramref name="root"/>, for the machine that the test runs on if not said.</summary>
    public static async Task<string> PackageAsync(string root, string? architecture = null)
    {
        architecture ??= IsArm ? "arm64" : "x86_64";
        Prerequisite.RequireFile("/usr/bin/cc");
        Prerequisite.RequireFile("/usr/bin/zip");
        var start = new ProcessStartInfo(Path.Combine(root, "script", "package-lambda"), [architecture])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, $"script/package-lambda failed:\n{await output}\n{errors}");
        return Path.Combine(root, "artifacts", "lambda", $"footfall-{architecture}.zip");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> UnpackAsync()
    {
        await ZipFile.ExtractToDirectoryAsync(await PackageAsync(), folder.FullName);
        return Path.Combine(folder.FullName, "bootstrap");
    }

    // The libraries of that architecture are those of a Debian that script/install-bare-system fetched.
    private async Task<string> EmulateAsync()
    {
        var (architecture, emulator, debian) =
            IsArm ? ("x86_64", "qemu-x86_64-static", "debian-amd64") : ("arm64", "qemu-aarch64-static", "debian-arm64");
        Tool.Require(emulator);
        var libraries = Path.Combine(Prerequisite.RepositoryRoot, "artifacts/tools", debian);
        Prerequisite.RequireFile($"{libraries}.installed");
        var target = Directory.CreateDirectory(Path.Combine(folder.FullName, architecture)).FullName;
        await ZipFile.ExtractToDirectoryAsync(await PackageAsync(Prerequisite.RepositoryRoot, architecture), target);
        var launcher = Path.Combine(target, "emulated");
        await File.WriteAllTextAsync(launcher, $"#!/bin/sh\nexec {emulator} -L '{libraries}' '{target}/bootstrap'\n");
        _ = (await Tool.RunAsync("chmod", ["+x", launcher])).Expect();
        return launcher;
    }
}
