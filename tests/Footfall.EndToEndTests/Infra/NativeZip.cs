using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>The function's package for this machine, by <c>script/package-lambda</c> where it is missing.</summary>
internal static class NativeZip
{
    public static async Task<string> FindAsync()
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
            == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x86_64";
        var zip = Path.Combine(
            Prerequisite.RepositoryRoot, "artifacts", "lambda", $"footfall-{architecture}.zip");
        if (!File.Exists(zip))
        {
            _ = (await Tool.RunAsync("script/package-lambda", [])).Expect();
        }

        return zip;
    }
}
