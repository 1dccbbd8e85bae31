using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Lambda;
using Footfall.EndToEndTests.Page;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// The shell blocks of <c>docs/deploy-aws.md</c>, run in their order in one shell of an administrator's, against the
/// emulator. <c>gh</c> is a stand-in, and so is what compiles: the package and the command are those of the other tests.
/// </summary>
public sealed partial class GuideTests(NativeFunction function)
{
    // The section that is left out.
    private const string NotRun = "What only a real account can show";

    /// <summary>What the section's text has the owner do by hand before its commands.</summary>
    private static readonly Dictionary<string, string> ByHand = new(StringComparer.Ordinal)
    {
        ["5. Your own domain"] = "printf 'domain_name = \"example.com\"\ncreate_zone = true\n' > infra/footfall.auto.tfvars",
        ["Changing the secret"] = "echo 'edge_secret = 2' >> infra/footfall.auto.tfvars",
    };

    // Only what names the repository is answered: in the clone of a fork gh would take its parent.
    private const string Gh = """
        #!/usr/bin/env bash
        set -euo pipefail
        printf '%s\n' "$*" >>"$GUIDE/gh.log"
        case " $* " in
          *' --repo owner/footfall '* | *' repos/owner/footfall'*) ;;
          *) echo "gh: '$*' names no repository" >&2; exit 1 ;;
        esac
        case "$1 $2" in
          'api repos/owner/footfall') jq -r "$4" <<<'{"owner":{"id":1},"id":9876543210}' ;;
          'run list') echo 42 ;;
          'run download') cp "$GUIDE/package.zip" artifacts/lambda/footfall-x86_64.zip ;;
        esac
        """;

    private const string Dotnet = """
        #!/usr/bin/env bash
        while [ "$1" != build ]; do shift; done
        exec "$FOOTFALL" "$@"
        """;

    private const string PackageLambda = """
        #!/usr/bin/env bash
        mkdir -p "${0%/*}/../artifacts/lambda"
        cp "$GUIDE/package.zip" "${0%/*}/../artifacts/lambda/footfall-x86_64.zip"
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_guides_commands_work_in_their_order_until_nothing_is_left()
    {
        Terraform.Require();
        await using var emulator = await AwsEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        var terraform = new Terraform(emulator, folder.Path);
        await using var standIn = await CloudFrontStandIn.StartAsync(emulator, folder.Path);
        await EquipAsync(folder, terraform.Checkout, standIn.Port);
        var script = await ExtractAsync(terraform.Checkout.Folder);

        var walked = await Tool.RunAsync("bash", ["-c", script], Environment(terraform, folder));

        Assert.True(walked.ExitCode == 0, walked.Output);
        var inventory = await emulator.TakeInventoryAsync();
        Assert.Contains("footfall-state-", inventory, StringComparison.Ordinal);
        Assert.DoesNotContain("footfall-visits", inventory, StringComparison.Ordinal);
        Assert.DoesNotContain("footfall-api", inventory, StringComparison.Ordinal);
        Assert.Contains("rollback-backend: version 1 is live, in place of 2", walked.Output, StringComparison.Ordinal);
        Assert.Contains("deploy-backend: version 3 is live", walked.Output, StringComparison.Ordinal);
        var asked = await File.ReadAllTextAsync(Path.Combine(folder.Path, "gh.log"), Stop);
        Assert.Contains("run download 42 ", asked, StringComparison.Ordinal);
        Assert.Contains("secret set AWS_DEPLOY_ROLE --repo owner/footfall --body arn:aws:iam::123456789012:role/footfall-deploy", asked, StringComparison.Ordinal);
        Assert.Matches("variable set SITE_URL --repo owner/footfall --body https://[a-z0-9]+.cloudfront.net", asked);
        Assert.Contains("variable set SITE_URL --repo owner/footfall --body https://example.com", asked, StringComparison.Ordinal);
        Assert.Contains("-f name=main -f type=branch", asked, StringComparison.Ordinal);
    }

    private async Task EquipAsync(TemporaryFolder folder, Checkout checkout, int port)
    {
        var programs = Directory.CreateDirectory(Path.Combine(folder.Path, "programs")).FullName;
        await WriteProgramAsync(Path.Combine(programs, "gh"), Gh);
        await WriteProgramAsync(Path.Combine(programs, "dotnet"), Dotnet);
        await WriteProgramAsync(checkout.File("script", "package-lambda"), PackageLambda);
        File.Copy(await function.PackageAsync(), Path.Combine(folder.Path, "package.zip"));
        File.Copy(ExampleSite.Resume, checkout.File("resume.json"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, ".curlrc"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"connect-to = \":443:127.0.0.1:{port}\"\ncacert = \"{folder.Path}/ca.pem\"\n"),
            Stop);
    }

    private static async Task WriteProgramAsync(string path, string content)
    {
        await File.WriteAllTextAsync(path, content, Stop);
        _ = (await Tool.RunAsync("chmod", ["+x", path])).Expect();
    }

    // As a person's shell has it: keys, and neither a region nor anything of a workflow's.
    private static Dictionary<string, string?> Environment(Terraform terraform, TemporaryFolder folder)
    {
        var environment = terraform.Environment(AwsCredentials.Administrator);
        foreach (var name in environment.Keys.Where(name => name.StartsWith("TF_VAR_", StringComparison.Ordinal)).ToArray())
        {
            environment[name] = null;
        }

        foreach (var name in (string[])["AWS_REGION", "AWS_DEFAULT_REGION", "TF_DATA_DIR", "FOOTFALL_STATE_BUCKET"])
        {
            environment[name] = null;
        }

        environment["PATH"] = $"{folder.Path}/programs:{Tool.SearchPath}";
        environment["CURL_HOME"] = folder.Path;
        environment["GUIDE"] = folder.Path;
        environment["FOOTFALL"] = Path.Combine(AppContext.BaseDirectory, "Footfall.Cli");
        // The answers that a person types.
        environment["TF_CLI_ARGS_apply"] = "-auto-approve";
        environment["TF_CLI_ARGS_destroy"] = "-auto-approve";
        return environment;
    }

    private static async Task<string> ExtractAsync(string checkout)
    {
        var guide = await File.ReadAllTextAsync(
            Path.Combine(Prerequisite.RepositoryRoot, "docs", "deploy-aws.md"), Stop);
        var script = new StringBuilder($"set -euo pipefail\ncd '{checkout}'\n");
        foreach (var section in Section().Split(guide).Skip(1))
        {
            var title = section.Split('\n')[0];
            var blocks = Block().Matches(section).Select(block => block.Groups["commands"].Value).ToArray();
            if (blocks.Length > 0 && !title.StartsWith(NotRun, StringComparison.Ordinal))
            {
                _ = script.AppendLine(CultureInfo.InvariantCulture, $"echo \"== {title}\"")
                    .AppendLine(ByHand.FirstOrDefault(section => title.StartsWith(section.Key, StringComparison.Ordinal)).Value)
                    .AppendJoin('\n', blocks).AppendLine();
            }
        }

        return script.ToString().Replace("you/footfall", Terraform.Repository, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^## ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```sh\n(?<commands>[^`]*)\n```$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
