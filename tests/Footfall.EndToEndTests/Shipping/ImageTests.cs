using System.IO.Compression;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The image as it is released.</summary>
public sealed class ImageTests(NativeProgram native) : IAsyncLifetime
{
    private string archive = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Tool.Require("buildah");
        _ = await native.ArchiveAsync();
        var made = (await Tool.RunAsync("script/package-image", [])).Expect();
        archive = Path.Combine(Prerequisite.RepositoryRoot, made.Output.Trim().Split('\n')[^1]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_counts_is_healthy_and_keeps_the_count_over_a_restart()
    {
        Tool.Require("podman");
        _ = (await Tool.RunAsync("script/try-image", [archive])).Expect();
    }

    [Fact]
    public async Task Composed_with_Caddy_it_is_reached_by_HTTPS_and_counts_each_address_once()
    {
        Tool.Require("podman");
        _ = (await Tool.RunAsync("script/try-compose", [archive])).Expect();
    }

    [Fact]
    public async Task It_says_what_it_is_and_runs_as_nobody_in_particular()
    {
        Tool.Require("jq");
        var config = (await Tool.RunAsync(
            "sh", ["-c", """tar -xOf "$0" "$(tar -xOf "$0" manifest.json | jq -r '.[0].Config')" | jq -c .config""", archive]))
            .Expect().Output;

        Assert.Contains("\"User\":\"1000:1000\"", config, StringComparison.Ordinal);
        Assert.Contains("\"Volumes\":{\"/data\":{}}", config, StringComparison.Ordinal);
        Assert.Contains("""["CMD","/footfall","health"]""", config, StringComparison.Ordinal);
        Assert.All(
            ["title", "description", "version", "licenses"],
            label => Assert.Contains($"\"org.opencontainers.image.{label}\":\"", config, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_small()
    {
        using var compressed = new MemoryStream();
        await using (var file = File.OpenRead(archive))
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await file.CopyToAsync(gzip, Cancellation);
        }

        Assert.InRange(compressed.Length, 1_000_000, 15_000_000);
    }
}
