using Footfall.EndToEndTests.Infra;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>What a script needs and the machine lacks is named at its start, and all of it at once.</summary>
public sealed class NeededTests
{
    // A machine with nothing but these.
    private static readonly string[] There = ["bash", "dirname", "grep", "uname"];

    public static TheoryData<string, string[]> Scripts => new()
    {
        { "deploy-backend", ["aws", "curl", "jq", "terraform", "dotnet", "zip", "objdump", "infra/terraform.tfvars", "infra/backend.hcl"] },
        { "deploy-site", ["aws", "jq", "openssl", "terraform", "curl", "dotnet", "infra/backend.hcl"] },
        { "rollback-backend", ["aws", "jq", "terraform", "infra/backend.hcl"] },
        { "smoke-test", ["curl", "jq", "terraform", "infra/backend.hcl"] },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task All_that_is_missing_is_named_before_anything_is_done(string script, string[] needed)
    {
        using var folder = new TemporaryFolder();
        var checkout = new Checkout(folder.Path);
        var programs = Directory.CreateDirectory(Path.Combine(folder.Path, "programs")).FullName;
        foreach (var program in There)
        {
            var path = (await Tool.RunAsync("sh", ["-c", $"command -v {program}"])).Expect().Output.Trim();
            _ = File.CreateSymbolicLink(Path.Combine(programs, program), path);
        }

        var refused = await Tool.RunAsync(
            checkout.File("script", script),
            [],
            new Dictionary<string, string?>
            {
                ["PATH"] = programs,
                ["FOOTFALL_STATE_BUCKET"] = null,
                ["TF_VAR_alert_email"] = null,
            });

        Assert.Equal(1, refused.ExitCode);
        var named = refused.Output.Split('\n').Where(line => line.StartsWith("  - ", StringComparison.Ordinal))
            .Select(line => line[4..].Split(',', ':', ' ')[0]);
        Assert.Equal(needed, named);
    }
}
