using Footfall.EndToEndTests.Infra;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>What is no C#, read by the tools of its kind.</summary>
public sealed class StaticChecks
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

    [Fact]
    public async Task Terraform_is_formatted()
    {
        Terraform.Require();
        string[] format = ["fmt", "-check", "-diff", "-recursive", "infra"];
        _ = (await Tool.RunAsync("terraform", format, Offline(null))).Expect();
    }

    [Theory]
    [InlineData("infra")]
    [InlineData("infra/bootstrap")]
    public async Task Terraform_is_valid(string folder)
    {
        using var data = new TemporaryFolder();
        var environment = await InitAsync(folder, data);
        _ = (await Tool.RunAsync("terraform", [$"-chdir={folder}", "validate", "-no-color"], environment)).Expect();
    }

    [Fact]
    public async Task Terraform_decides_as_its_own_tests_say()
    {
        using var data = new TemporaryFolder();
        var environment = await InitAsync("infra", data);
        var result = (await Tool.RunAsync("terraform", ["-chdir=infra", "test", "-no-color"], environment)).Expect();
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

    private static bool IsShell(string file) =>
        File.ReadLines(file).First().StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal);

    private static async Task<Dictionary<string, string?>> InitAsync(string folder, TemporaryFolder data)
    {
        Terraform.Require();
        var environment = Offline(data.Path);
        string[] init = [$"-chdir={folder}", "init", "-backend=false", "-input=false", "-lockfile=readonly"];
        _ = (await Tool.RunAsync("terraform", init, environment)).Expect();
        return environment;
    }

    private static Dictionary<string, string?> Offline(string? dataFolder) => new()
    {
        ["TF_CLI_CONFIG_FILE"] = Terraform.CliConfiguration(),
        ["TF_DATA_DIR"] = dataFolder,
        ["CHECKPOINT_DISABLE"] = "1",
    };
}
