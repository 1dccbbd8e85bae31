using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// The life of a system with all options, from an empty account to an empty account, as the roles of
/// <c>infra/bootstrap</c>: what they lack fails here, and so does what they have and nobody asked for.
/// </summary>
public sealed class FullCycleTests
{
    private const string Planner = "footfall-plan";
    private const string Deployer = "footfall-deploy";

    private static readonly string[] Domain =
        ["-input=false", "-var=domain_name=example.com", "-var=create_zone=true"];

    private static readonly string[] Options =
    [
        .. Domain,
        "-var=xray=true",
        "-var=waf_rate=100",
        "-var=reserved_concurrency=5",
        "-var=report=weekly",
        "-var=counters=[\"readme\"]",
        "-var=allowed_origins=[\"https://blog.example.com\"]",
    ];

    // What changes in place what is there; the next version of the code, the rest of it.
    private static readonly string[] Changes =
    [
        "-var=alert_email=other@example.com",
        "-var=edge_secret=2",
        "-var=log_retention_days=30",
        "-var=monthly_budget_usd=6",
        "-var=production=true",
        "-var=report=daily",
        "-var=throttle={rate=21,burst=51}",
        "-var=waf_rate=200",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Applied_then_unchanged_then_changed_then_nothing_is_left()
    {
        Terraform.Require();
        await using var emulator = await AwsEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        var terraform = new Terraform(emulator, folder.Path);
        await terraform.BootstrapAsync();
        var before = await emulator.TakeInventoryAsync();
        string[] options = [.. Options, $"-var=lambda_zip={folder.Zip("exit 1")}"];
        await MakeZoneAsync(terraform, options);
        var planner = await emulator.AssumeRoleAsync(Planner);
        var deployer = await emulator.AssumeRoleAsync(Deployer);

        _ = (await terraform.RunAsync(deployer, "apply", ["-auto-approve", .. options])).Expect();
        _ = (await terraform.RunAsync(planner, "plan", ["-lock=false", "-detailed-exitcode", .. options])).Expect();
        await RefusesWhileSomebodyElseWorksAsync(emulator, terraform, deployer, options);
        await PlannerChangesNothingAsync(terraform, planner, folder, options);

        await BecomeTheNextVersionAsync(terraform.Checkout);
        _ = (await terraform.RunAsync(deployer, "apply", ["-auto-approve", .. options, .. Changes])).Expect();
        await UseScriptsAsync(terraform, deployer, folder);
        string[] without = [.. Domain, "-var=redirect_www=false"];
        string[] package = [$"-var=lambda_zip={folder.Zip("exit 2", "arm64")}", "-var=architecture=arm64"];
        _ = (await terraform.RunAsync(deployer, "apply", ["-auto-approve", .. without, .. package])).Expect();
        await AssertNothingElseIsAllowedAsync(emulator);

        await terraform.BootstrapAsync(("allow_destroy", "true"), ("zone_name", "example.com"));
        await AssertPoliciesFitAsync(emulator);
        // As from a fresh clone: without a package, and whatever architecture is live.
        _ = (await terraform.RunAsync(deployer, "destroy", ["-auto-approve", .. without])).Expect();
        await AssertNothingElseIsAllowedAsync(emulator);
        Assert.Equal(before, await emulator.TakeInventoryAsync());
    }

    // By whoever owns the account, who then lets the deploy role write to it: docs/deploy-aws.md.
    private static async Task MakeZoneAsync(Terraform terraform, string[] options)
    {
        string[] zone = ["-auto-approve", "-target=aws_route53_zone.site", .. options];
        _ = (await terraform.RunAsync(AwsCredentials.Administrator, "apply", zone)).Expect();
        await terraform.BootstrapAsync(("zone_name", "example.com"));
    }

    private static async Task PlannerChangesNothingAsync(
        Terraform terraform, AwsCredentials planner, TemporaryFolder folder, string[] options)
    {
        var plan = Path.Combine(folder.Path, "change.tfplan");
        string[] change = ["-lock=false", $"-out={plan}", "-var=log_retention_days=30", .. options];
        _ = (await terraform.RunAsync(planner, "plan", change)).Expect();
        Assert.Equal(
            ["aws_cloudwatch_log_group.access", "aws_cloudwatch_log_group.api"],
            await terraform.ReadChangesAsync(planner, plan));
        var refused = await terraform.RunAsync(planner, "apply", "-lock=false", plan);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{Planner} is not authorized to perform logs:PutRetentionPolicy", refused.Output, StringComparison.Ordinal);

        // With a zone that is there already it is looked up by its name.
        string[] lookedUp = ["-lock=false", .. options, "-var=create_zone=false"];
        _ = (await terraform.RunAsync(planner, "plan", lookedUp)).Expect();
    }

    /// <summary>One of each part that no setting changes is as a later version may have it.</summary>
    private static async Task BecomeTheNextVersionAsync(Checkout checkout)
    {
        await EditAsync("api.tf", "timeout_milliseconds   = local.api_timeout * 1000", "timeout_milliseconds = 14000");
        await EditAsync("api.tf", "    \"GET /api/badge.json\",\n", "");
        await EditAsync("cloudfront.tf", "        \"X-Moz\",\n", "");
        await EditAsync("cloudfront.tf", "signing_behavior                  = \"always\"", "signing_behavior = \"no-override\"");
        await EditAsync("headers.tf", "31536000", "31536001");
        await EditAsync("monitoring.tf", "    table-reads ", "    # ");
        await EditAsync("www-redirect.js", "\n", "\n\n");

        async Task EditAsync(string name, string before, string after)
        {
            var path = checkout.File("infra", name);
            var text = await File.ReadAllTextAsync(path, Stop);
            Assert.Contains(before, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, text.Replace(before, after, StringComparison.Ordinal), Stop);
        }
    }

    private static async Task UseScriptsAsync(Terraform terraform, AwsCredentials deployer, TemporaryFolder folder)
    {
        var dist = Directory.CreateDirectory(Path.Combine(folder.Path, "dist")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dist, "index.html"), "<!doctype html>", Stop);
        await File.WriteAllTextAsync(Path.Combine(dist, "old.txt"), "old", Stop);
        await RunAsync("deploy-site", "--built", dist);
        File.Delete(Path.Combine(dist, "old.txt"));
        await RunAsync("deploy-site", "--built", dist);
        await RunAsync("rollback-backend");
        await RunAsync("fetch-package");

        async Task RunAsync(string script, params string[] arguments) => _ = (await Tool.RunAsync(
            terraform.Checkout.File("script", script), arguments, terraform.Environment(deployer))).Expect();
    }

    private static async Task AssertNothingElseIsAllowedAsync(AwsEmulator emulator)
    {
        var calls = await emulator.ReadCallsAsync();
        foreach (var role in (string[])[Planner, Deployer])
        {
            Assert.Empty((await RolePolicy.ReadAsync(emulator, role)).FindUnasked(calls));
        }
    }

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private static async Task AssertPoliciesFitAsync(AwsEmulator emulator)
    {
        var own = await emulator.ReadRolePolicyAsync(Deployer, "deploy");
        var attached = await emulator.ReadPolicyAsync($"arn:aws:iam::{AwsEmulator.Account}:policy/footfall-read");

        Assert.InRange(LongestOf(own), 1, 10_240);
        Assert.InRange(LongestOf(attached), 1, 6_144);

        static int LongestOf(JsonNode policy) => policy.ToJsonString()
            .Replace("footfall", new string('n', 32), StringComparison.Ordinal)
            .Replace(AwsEmulator.Region, "ap-southeast-1", StringComparison.Ordinal).Length;
    }

    private static async Task RefusesWhileSomebodyElseWorksAsync(
        AwsEmulator emulator, Terraform terraform, AwsCredentials credentials, string[] options)
    {
        const string Lock = $"/{Terraform.StateBucket}/footfall.tfstate.tflock";
        using var holder = new StringContent(
            """{"ID":"1","Operation":"OperationTypeApply","Who":"somebody-else@elsewhere","Path":"footfall.tfstate"}""",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        using var held = await emulator.CallAsync("s3", HttpMethod.Put, Lock, holder);
        var refused = await terraform.RunAsync(credentials, "plan", options);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("somebody-else@elsewhere", refused.Output, StringComparison.Ordinal);
        using var released = await emulator.CallAsync("s3", HttpMethod.Delete, Lock);
    }
}
