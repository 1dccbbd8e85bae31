using System.Net;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Browser;
using Footfall.EndToEndTests.Tooling;

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
    public async Task An_apply_that_fails_half_way_leaves_a_version_that_answers_live()
    {
        await system.StartAsync();
        var live = await ReadLiveAsync();
        var policy = (await system.Emulator.ReadRolePolicyAsync("footfall-deploy", "deploy")).ToJsonString();
        var less = policy.Replace("budgets:ModifyBudget", "budgets:Nothing", StringComparison.Ordinal);
        Assert.NotEqual(policy, less);
        using var folder = new TemporaryFolder();
        var budget = new Dictionary<string, string?> { ["monthly_budget_usd"] = "6" };

        await system.Emulator.WriteRolePolicyAsync("footfall-deploy", "deploy", less);
        var failed = await system.RunAsync(
            "script/deploy-backend", ["--yes", "--zip", folder.Zip("exit 1")], budget);
        await system.Emulator.WriteRolePolicyAsync("footfall-deploy", "deploy", policy);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("is not authorized to perform budgets:ModifyBudget", failed.Output, StringComparison.Ordinal);
        Assert.Contains($"rolled back to version {live}, which answers", failed.Output, StringComparison.Ordinal);
        Assert.Equal(live, await ReadLiveAsync());
    }

    [Fact]
    public async Task Two_viewers_stay_two_when_the_secret_was_changed_and_the_function_rolled_back()
    {
        await system.StartAsync();
        var before = await ReadLiveAsync();

        // As from a fresh clone: without a package of its own.
        var rotated = await system.RunAsync(
            "script/deploy-backend", ["--yes", "--live"], new Dictionary<string, string?> { ["edge_secret"] = "2" });
        _ = rotated.Expect();
        Assert.NotEqual(before, await ReadLiveAsync());
        await AssertTwoViewersAreTwoVisitsAsync("127.0.0.2", "127.0.0.3");

        _ = (await system.RunAsync("script/rollback-backend", before)).Expect();
        await AssertTwoViewersAreTwoVisitsAsync("127.0.0.4", "127.0.0.5");
    }

    /// <summary>By the commands of the workflows, which a public repository's logs and comments show to everybody.</summary>
    [Fact]
    public async Task Neither_account_nor_address_is_in_a_plan_its_comment_or_a_log()
    {
        await system.StartAsync();
        var package = await system.PackageAsync();
        var settings = new Dictionary<string, string?> { ["alert_email"] = "somebody.else@example.com", ["monthly_budget_usd"] = "7" };

        var plan = await RedactAsync("script/deploy-backend", "--plan", "--zip", package);
        var comment = await CommentAsync(plan);
        var backend = await RedactAsync("script/deploy-backend", "--yes", "--zip", package);
        var frontend = await RedactAsync("script/deploy-site", "--built", system.Dist);
        var said = await RedactAsync("echo", $"{AwsEmulator.Account}, somebody.else@example.com");

        Assert.Equal("ACCOUNT, ADDRESS", said.Trim());
        Assert.Contains("Plan: ", comment, StringComparison.Ordinal);
        Assert.Contains("- aws_budgets_budget.month will be updated in-place", comment, StringComparison.Ordinal);
        Assert.All([plan, comment, backend, frontend], text =>
        {
            Assert.DoesNotContain(AwsEmulator.Account, text, StringComparison.Ordinal);
            Assert.DoesNotContain("somebody.else", text, StringComparison.Ordinal);
            Assert.DoesNotContain("owner@example.com", text, StringComparison.Ordinal);
        });

        async Task<string> RedactAsync(params string[] command) =>
            (await system.RunAsync("script/redact", command, settings)).Expect().Output;
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
        var dist = system.Dist;
        var again = (await system.DeploySiteAsync()).Expect();
        Assert.DoesNotContain("deploy-site: + ", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CloudFront forgets", again.Output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(dist, "index.html"), "<!-- changed -->\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(dist, "new.txt"), "new\n", Stop);
        var changed = (await system.DeploySiteAsync()).Expect();
        Assert.Equal(
            ["+ new.txt", "+ index.html", "CloudFront forgets /index.html /"],
            Steps(changed.Output));

        File.Delete(Path.Combine(dist, "new.txt"));
        var deleted = (await system.DeploySiteAsync()).Expect();
        Assert.Equal(["- new.txt", "CloudFront forgets /new.txt"], Steps(deleted.Output));

        await File.WriteAllTextAsync(Path.Combine(dist, "a.odd"), "odd\n", Stop);
        var refused = await system.DeploySiteAsync();
        File.Delete(Path.Combine(dist, "a.odd"));
        Assert.Contains("a.odd: no content type is known for it.", refused.Expect(1).Output, StringComparison.Ordinal);
    }

    private async Task AssertTwoViewersAreTwoVisitsAsync(params string[] addresses)
    {
        var before = await system.ReadVisitsAsync();
        var userAgent = $"{ChromiumFixture.DesktopUserAgent} {Guid.NewGuid():N}";
        foreach (var address in addresses)
        {
            using var browser = system.ConnectFrom(IPAddress.Parse(address));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Site, "/api/visits"));
            request.Headers.Add("User-Agent", userAgent);
            using var answer = await browser.SendAsync(request, Stop);
            _ = answer.EnsureSuccessStatusCode();
        }

        Assert.Equal(before + addresses.Length, await system.ReadVisitsAsync());
    }

    /// <summary>What <c>script/comment-plan</c> hands to <c>gh</c>.</summary>
    private async Task<string> CommentAsync(string plan)
    {
        using var folder = new TemporaryFolder();
        var (file, gh) = (Path.Combine(folder.Path, "plan.txt"), Path.Combine(folder.Path, "gh"));
        await File.WriteAllTextAsync(file, plan, Stop);
        await File.WriteAllTextAsync(gh, "#!/bin/sh\nexec cat\n", Stop);
        _ = (await Tool.RunAsync("chmod", ["+x", gh])).Expect();
        var said = await Tool.RunAsync(
            system.Checkout.File("script", "comment-plan"),
            ["1", file],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{folder.Path}:{Tool.SearchPath}",
                ["GITHUB_REPOSITORY"] = Terraform.Repository,
            });
        return said.Expect().Output;
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
