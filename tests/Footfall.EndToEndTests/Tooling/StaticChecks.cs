using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Infra;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>What is no C#, read by the tools of its kind.</summary>
public sealed partial class StaticChecks
{
    private static readonly string Root = Prerequisite.RepositoryRoot;

    [Fact]
    public async Task Every_patch_of_the_AWS_emulator_still_bites()
    {
        Tool.Require("python3");
        var check = await AwsEmulator.CheckAsync();
        Prerequisite.Require(
            !check.Output.Contains("No module named", StringComparison.Ordinal)
            && !check.Output.Contains("PackageNotFoundError", StringComparison.Ordinal),
            "moto");
        Assert.Contains("every patch fits", check.Expect().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_pass_shellcheck()
    {
        Tool.Require("shellcheck");
        string[] scripts =
        [
            .. Directory.GetFiles(Path.Combine(Root, "script")).Where(IsShell),
            Path.Combine(Root, ".ci", "run"),
        ];
        Assert.True(scripts.Length > 5);
        _ = (await Tool.RunAsync("shellcheck", ["--external-sources", .. scripts])).Expect();
    }

    /// <summary>What neither macOS's bash, which is 3.2, nor its tools, which are BSD's, know.</summary>
    [Theory]
    [InlineData("build-site")]
    [InlineData("deploy-backend")]
    [InlineData("deploy-site")]
    [InlineData("fetch-package")]
    [InlineData("lib.sh")]
    [InlineData("rollback-backend")]
    [InlineData("smoke-test")]
    [InlineData("terraform")]
    public void What_an_owner_runs_is_known_to_macOS(string script)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "script", script))
            .Where(line => !line.TrimStart().StartsWith('#'));
        Assert.All(lines, line => Assert.DoesNotMatch(UnknownToMacOS(), line));
    }

    [Theory]
    [InlineData("mapfile -t files < <(find .)")]
    [InlineData("declare -A known")]
    [InlineData("echo \"${name^^}\"")]
    [InlineData("md5sum \"$file\"")]
    [InlineData("zip=$(realpath \"$zip\")")]
    [InlineData("stat -c %s \"$file\"")]
    public void What_macOS_does_not_know_is_found(string line) => Assert.Matches(UnknownToMacOS(), line);

    [Fact]
    public async Task Terraform_is_formatted()
    {
        Terraform.Require();
        using var folder = new TemporaryFolder();
        string[] format = ["fmt", "-check", "-diff", "-recursive", new Checkout(folder.Path).File("infra")];
        _ = (await Tool.RunAsync("terraform", format, Offline(folder))).Expect();
    }

    [Theory]
    [InlineData("infra")]
    [InlineData("infra/bootstrap")]
    public async Task Terraform_is_valid(string folder)
    {
        using var copy = new TemporaryFolder();
        _ = (await RunAsync(copy, folder, "validate")).Expect();
    }

    [Fact]
    public async Task Terraform_decides_as_its_own_tests_say()
    {
        using var copy = new TemporaryFolder();
        var result = (await RunAsync(copy, "infra", "test")).Expect();
        Assert.Matches(@"Success! [1-9]\d* passed, 0 failed\.", result.Output);
    }

    [Theory]
    [InlineData("www.example.com", "/a/b", "https://example.com/a/b")]
    [InlineData("example.com", "/", null)]
    [InlineData("cv.example.com", "/x", null)]
    public async Task The_www_redirect_leads_to_the_name_without_it(string host, string path, string? location)
    {
        Tool.Require("node");
        var script = await File.ReadAllTextAsync(
            Path.Combine(Root, "infra", "www-redirect.js"), TestContext.Current.CancellationToken);
        var call = $"handler({{ request: {{ uri: '{path}', headers: {{ host: {{ value: '{host}' }} }} }} }})";
        var print = "console.log(answer.statusCode, answer.headers.location?.value, answer.uri);";
        var result = (await Tool.RunAsync("node", ["-e", $"{script} const answer = {call}; {print}"])).Expect();

        Assert.Equal(
            location is null ? $"undefined undefined {path}" : $"301 {location} undefined", result.Output.Trim());
    }

    [Fact]
    public async Task A_folders_page_is_asked_for_by_its_whole_name()
    {
        Tool.Require("node");
        var script = await File.ReadAllTextAsync(
            Path.Combine(Root, "infra", "folder-page.js"), TestContext.Current.CancellationToken);
        var result = (await Tool.RunAsync(
            "node", ["-e", $"{script} console.log(handler({{ request: {{ uri: '/stats/' }} }}).uri);"])).Expect();

        Assert.Equal("/stats/index.html", result.Output.Trim());
    }

    [GeneratedRegex(
        @"\b(mapfile|readarray|coproc|md5sum|sha256sum|realpath|nproc|tac)\b|\b(declare|local|typeset) -[nA]|\bwait -n|\[\[ -v|\$\{\w+(\^|,|@)|\|&|&>>|\breadlink -f|\bstat -c|\bsed -i|\b(date|touch) -d|\bgrep -P|\bsort -V|\bxargs -r",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownToMacOS();

    private static bool IsShell(string file) =>
        File.ReadLines(file).First().StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal);

    private static async Task<ToolResult> RunAsync(TemporaryFolder copy, string folder, string command)
    {
        Terraform.Require();
        var where = $"-chdir={new Checkout(copy.Path).File(folder)}";
        string[] init = [where, "init", "-backend=false", "-input=false", "-lockfile=readonly"];
        _ = (await Tool.RunAsync("terraform", init, Offline(copy))).Expect();
        return await Tool.RunAsync("terraform", [where, command, "-no-color"], Offline(copy));
    }

    // Nothing of the owner's own shell: no account, no region, no setting.
    private static Dictionary<string, string?> Offline(TemporaryFolder copy)
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("TF_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null);
        environment["TF_CLI_CONFIG_FILE"] = Terraform.CliConfiguration();
        environment["TF_DATA_DIR"] = Path.Combine(copy.Path, "data");
        environment["CHECKPOINT_DISABLE"] = "1";
        return environment;
    }
}
