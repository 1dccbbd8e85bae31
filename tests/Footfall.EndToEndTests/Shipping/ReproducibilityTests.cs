using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>Anybody can make the released archive of the same source, and see that it is the released one.</summary>
public sealed class ReproducibilityTests(NativeProgram native) : IDisposable
{
    private readonly TemporaryDirectory elsewhere = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => elsewhere.Dispose();

    [Fact]
    public async Task Another_build_in_another_folder_and_without_git_makes_the_same_bytes()
    {
        var archive = await native.ArchiveAsync();
        _ = (await Tool.RunAsync(
            "sh",
            [
                "-ec",
                """
                mkdir -p "$0/artifacts/tools"
                git ls-files -z --deduplicate -c -o --exclude-standard | xargs -0 cp --parents -t "$0"
                cp -R artifacts/tools/sqlite "$0/artifacts/tools"
                cd "$0"
                script/package-server
                """,
                elsewhere.FullName,
            ])).Expect();

        var again = elsewhere.File($"artifacts/server/{Path.GetFileName(archive)}");
        Assert.Equal(
            await File.ReadAllBytesAsync(archive, Cancellation), await File.ReadAllBytesAsync(again, Cancellation));
    }
}
