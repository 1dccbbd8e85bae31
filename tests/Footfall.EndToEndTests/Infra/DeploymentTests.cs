using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Browser;

namespace Footfall.EndToEndTests.Infra;

/// <summary>What the deploy scripts do to a system that is there already.</summary>
[Collection(nameof(AppliedSystem))]
public sealed class DeploymentTests(AppliedSystem system)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broken_binary_is_noticed_and_rolled_back_with_the_count_intact()
    {
        await system.StartAsync();
        await CountOneAsync();
        var count = await system.ReadVisitsAsync();
        var live = await ReadLiveAsync();

        using var folder = new TemporaryFolder();
        var broken = await system.RunAsync("script/deploy-backend", "--yes", "--zip", folder.Zip("exit 1"));

        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("/api/health answers 500 instead of 200", broken.Output, StringComparison.Ordinal);
        Assert.Contains($"rolled back to version {live}, which answers", broken.Output, StringComparison.Ordinal);
        Assert.Equal(live, await ReadLiveAsync());
        Assert.Equal(count, await system.ReadVisitsAsync());

        var mended = await system.RunAsync("script/deploy-backend", "--yes", "--zip", await system.PackageAsync());
        Assert.Equal(0, mended.Expect().ExitCode);
        Assert.NotEqual(live, await ReadLiveAsync());
        Assert.Equal(count, await system.ReadVisitsAsync());

        var back = (await system.RunAsync("script/rollback-backend", live)).Expect();
        Assert.Contains($"version {live} is live", back.Output, StringComparison.Ordinal);
        Assert.Equal(count, await system.ReadVisitsAsync());
    }

    [Fact]
    public async Task A_smoke_test_raises_no_count_and_is_in_the_ledger_as_a_bot()
    {
        await system.StartAsync();
        await CountOneAsync();
        var (count, bots) = (await system.ReadVisitsAsync(), await ReadBotsAsync());

        _ = (await system.RunAsync("script/smoke-test", system.Site.ToString())).Expect();

        Assert.Equal(count, await system.ReadVisitsAsync());
        Assert.Equal(bots + 1, await ReadBotsAsync());
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_not_rolled_back_to()
    {
        await system.StartAsync();
        var refused = await system.RunAsync("script/rollback-backend", "1000");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("there is no version '1000'", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_changed_is_put_online_and_forgotten_by_CloudFront()
    {
        await system.StartAsync();
        var dist = Path.Combine(Prerequisite.RepositoryRoot, "dist");
        var again = (await system.RunAsync("script/deploy-site", "--built")).Expect();
        Assert.DoesNotContain("deploy-site: + ", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CloudFront forgets", again.Output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(dist, "index.html"), "<!-- changed -->\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(dist, "new.txt"), "new\n", Stop);
        var changed = (await system.RunAsync("script/deploy-site", "--built")).Expect();
        Assert.Equal(
            ["+ new.txt", "+ index.html", "CloudFront forgets /index.html /"],
            Steps(changed.Output));

        File.Delete(Path.Combine(dist, "new.txt"));
        var deleted = (await system.RunAsync("script/deploy-site", "--built")).Expect();
        Assert.Equal(["- new.txt", "CloudFront forgets /new.txt"], Steps(deleted.Output));
    }

    private static string[] Steps(string output) =>
    [
        .. output.Split('\n').Select(line => line.Replace("deploy-site: ", "", StringComparison.Ordinal))
            .Where(line => line.StartsWith("+ ", StringComparison.Ordinal)
                || line.StartsWith("- ", StringComparison.Ordinal)
                || line.StartsWith("CloudFront", StringComparison.Ordinal)),
    ];

    private async Task CountOneAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Site, "/api/visits"));
        request.Headers.Add("User-Agent", $"{ChromiumFixture.DesktopUserAgent} {Guid.NewGuid():N}");
        using var answer = await system.Browser.SendAsync(request);
        _ = answer.EnsureSuccessStatusCode();
    }

    private async Task<string> ReadLiveAsync()
    {
        const string Live = "/2015-03-31/functions/footfall-api/aliases/live";
        return (string)(await system.Emulator.ReadJsonAsync("lambda", Live))["FunctionVersion"]!;
    }

    private async Task<long> ReadBotsAsync()
    {
        var ledger = JsonNode.Parse(
            await system.Browser.GetStringAsync(new Uri(system.Site, "/api/visits/daily")))!;
        return (long)ledger["total"]!["notCounted"]!["bot"]!;
    }
}
