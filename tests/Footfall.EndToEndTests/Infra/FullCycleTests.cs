using System.Net.Http.Headers;
using System.Text;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// The life of a system with all options, from an empty account to an empty account, as the roles of
/// <c>infra/bootstrap</c>: what they lack fails here.
/// </summary>
public sealed class FullCycleTests
{
    private static readonly string[] Options =
    [
        "-input=false",
        "-var=domain_name=example.com",
        "-var=create_zone=true",
        "-var=xray=true",
        "-var=reserved_concurrency=5",
        "-var=counters=[\"readme\"]",
        "-var=allowed_origins=[\"https://blog.example.com\"]",
    ];

    [Fact]
    public async Task Applied_then_unchanged_then_one_change_then_nothing_is_left()
    {
        Terraform.Require();
        await using var emulator = await AwsEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        var terraform = new Terraform(emulator, folder.Path);
        await terraform.BootstrapAsync();
        var planner = await emulator.AssumeRoleAsync("footfall-plan");
        var deployer = await emulator.AssumeRoleAsync("footfall-deploy");
        var before = await emulator.TakeInventoryAsync();
        string[] options = [.. Options, $"-var=lambda_zip={folder.Zip("exit 1")}"];

        _ = (await terraform.RunAsync(deployer, "apply", ["-auto-approve", .. options])).Expect();
        _ = (await terraform.RunAsync(planner, "plan", ["-lock=false", "-detailed-exitcode", .. options])).Expect();
        await RefusesWhileSomebodyElseWorksAsync(emulator, terraform, deployer, options);

        var plan = Path.Combine(folder.Path, "change.tfplan");
        string[] change = ["-var=log_retention_days=30", .. options];
        _ = (await terraform.RunAsync(planner, "plan", ["-lock=false", $"-out={plan}", .. change])).Expect();
        Assert.Equal(
            ["aws_cloudwatch_log_group.access", "aws_cloudwatch_log_group.api"],
            await terraform.ReadChangesAsync(planner, plan));
        var refused = await terraform.RunAsync(planner, "apply", "-lock=false", plan);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "footfall-plan is not authorized to perform logs:PutRetentionPolicy",
            refused.Output,
            StringComparison.Ordinal);
        _ = (await terraform.RunAsync(deployer, "apply", ["-auto-approve", .. change])).Expect();

        _ = (await terraform.RunAsync(deployer, "destroy", ["-auto-approve", .. options])).Expect();
        Assert.Equal(before, await emulator.TakeInventoryAsync());
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
