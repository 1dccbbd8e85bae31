using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>
/// A Debian as small as it gets, which cannot be written, with the released program in it and one folder for the counts.
/// The program runs there as a user that the system does not know, without a home, an environment or a terminal.
/// </summary>
internal sealed class BareSystem : IDisposable
{
    private static readonly string Debian = Path.Combine(
        Prerequisite.RepositoryRoot,
        "artifacts/tools",
        NativeProgram.Platform == "linux-arm64" ? "debian-arm64" : "debian-amd64");

    private readonly TemporaryDirectory data = new();
    private readonly string[] command;

    private BareSystem(string folder) => command =
    [
        Path.Combine(Prerequisite.RepositoryRoot, "tests/Footfall.EndToEndTests/Shipping/run-in-bare-system"),
        Debian, folder, data.FullName,
    ];

    public static async Task<BareSystem> WithAsync(NativeProgram native)
    {
        Prerequisite.RequireFile($"{Debian}.installed");
        Prerequisite.Require(Environment.UserName == "root" || Tool.IsOnPath("sudo"), "sudo");
        return new BareSystem(await native.FolderAsync());
    }

    /// <param name="preparation">What is hidden (<c>--hide FILE</c>), and what the environment has (NAME=VALUE).</param>
    public FootfallProcess Start(string[] preparation, params string[] arguments) => FootfallProcess.StartProgram(
        [.. command, .. preparation, "/opt/footfall"], Prerequisite.RepositoryRoot, arguments);

    public async Task<FootfallProcess> RunAsync(string[] preparation, params string[] arguments)
    {
        var footfall = Start(preparation, arguments);
        _ = await footfall.WaitForExitAsync();
        return footfall;
    }

    /// <summary>Puts a file where the program sees it as <c>/data/NAME</c>.</summary>
    public Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(data.File(name), text, TestContext.Current.CancellationToken);

    public void Dispose() => data.Dispose();
}
