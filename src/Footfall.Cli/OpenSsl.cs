using System.Runtime.InteropServices;

namespace Footfall.Cli;

/// <summary>The system's OpenSSL, without which .NET ends the process on Linux as soon as anything is hashed.</summary>
internal static class OpenSsl
{
    // Those that .NET looks for, the usual one first.
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    /// <param name="versionOverride">What <c>DOTNET_OPENSSL_VERSION_OVERRIDE</c> says, which .NET tries before its own.</param>
    /// <returns>Whether there is one, or none is needed.</returns>
    public static bool IsThere(string? versionOverride = null) =>
        !OperatingSystem.IsLinux() || Versions.Prepend(versionOverride ?? "").Any(CanBeLoaded);

    private static bool CanBeLoaded(string version) =>
        version.Length > 0 && NativeLibrary.TryLoad($"libssl.so.{version}", out _);
}
