using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>
/// What every workflow here keeps to, beside what actionlint knows: who gets an identity and what runs beside it, what
/// may stand in a public log, what takes whose place.
/// </summary>
internal static partial class WorkflowLint
{
    // The first major version of each that runs on Node 24, as the action.yml at its tag says. A composite action has
    // no runtime of its own.
    private static readonly Dictionary<string, int> FirstOnNode24 = new(StringComparer.Ordinal)
    {
        ["actions/attest"] = 4,
        ["actions/checkout"] = 5,
        ["actions/download-artifact"] = 7,
        ["actions/setup-dotnet"] = 5,
        ["actions/upload-artifact"] = 6,
        ["aws-actions/configure-aws-credentials"] = 6,
        ["github/codeql-action/analyze"] = 4,
        ["github/codeql-action/init"] = 4,
        ["hashicorp/setup-terraform"] = 4,
    };

    // What may run beside an identity: our own scripts that deploy, and what brings them here.
    private static readonly HashSet<string> BesideIdentity =
    [
        "actions/attest", "actions/checkout", "actions/download-artifact", "aws-actions/configure-aws-credentials",
        "hashicorp/setup-terraform",
    ];

    /// <summary>The rules that a workflow breaks, each with the place; none when all is well.</summary>
    /// <param name="text">The file as it is.</param>
    /// <param name="workflow">The same as JSON. YAML 1.1 reads the key <c>on</c> as true.</param>
    public static IReadOnlyList<string> Check(string text, JsonNode workflow) =>
    [
        .. CheckText(text),
        .. Jobs(workflow).SelectMany(job => CheckJob(workflow, job.Key, job.Value!)),
        .. Complain(workflow["permissions"] is not JsonObject { Count: 0 }, "the workflow", "permissions: {} at the top"),
        .. Complain(
            workflow["concurrency"] is not null && Jobs(workflow).Any(job => job.Value!["environment"] is not null),
            "the workflow",
            "concurrency on the job that deploys: a run that deploys nothing takes no waiting one's place"),
        .. Complain(
            (string?)workflow["name"] == "ci" && workflow["true"]?.AsObject().ContainsKey("workflow_dispatch") != true,
            "the workflow",
            "ci can be started by hand"),
    ];

    private static IEnumerable<string> CheckText(string text) => text.Split('\n').SelectMany((line, index) =>
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {index + 1}");
        var uses = Uses().Match(line);
        return Complain(
                uses.Success && !Pinned().IsMatch(line) && !line.Contains("uses: ./", StringComparison.Ordinal),
                place,
                "an action is pinned by its commit, with its version beside it")
            .Concat(Complain(
                Pinned().Match(line) is { Success: true } pin
                && !(FirstOnNode24.TryGetValue(pin.Groups["action"].Value, out var first)
                    && int.Parse(pin.Groups["major"].Value, CultureInfo.InvariantCulture) >= first),
                place,
                "an action runs on Node 24, and is one whose runtime was looked up"))
            .Concat(Complain(
                Public().IsMatch(line),
                place,
                "roles, the state's bucket and the owner's address are secrets: variables are printed in public logs"))
            .Concat(Complain(
                line.Contains("AWS_SECRET_ACCESS_KEY", StringComparison.Ordinal), place, "there is no lasting key"));
    });

    private static IEnumerable<string> CheckJob(JsonNode workflow, string name, JsonNode job)
    {
        var steps = job["steps"]?.AsArray().Select(step => step!).ToArray() ?? [];
        var permissions = job["permissions"] as JsonObject;
        var hasIdentity = permissions?.ContainsKey("id-token") == true;
        var deploys = job["environment"] is not null;
        var condition = (string?)job["if"] ?? "";
        return
        [
            .. Complain(permissions is null, name, "a job has permissions of its own"),
            .. Complain(job["uses"] is null && job["timeout-minutes"] is null, name, "a job has a time limit"),
            .. Complain(
                job["container"] is { } container && !Digest().IsMatch(container is JsonObject image ? (string)image["image"]! : (string)container!),
                name,
                "a container is named by its digest"),
            .. Complain(
                hasIdentity && steps.Any(step => !MayRunBesideIdentity(step)),
                name,
                "where there is an identity, only our own scripts that deploy run"),
            .. Complain(
                steps.Any(step => ActionOf(step) == "actions/attest") && !condition.Contains("!github.event.repository.private", StringComparison.Ordinal),
                name,
                "attestation only where the plan allows it"),
            .. Complain(
                steps.Any(step => ActionOf(step) == "actions/checkout" && !IsFalse(step["with"]?["persist-credentials"])),
                name,
                "a checkout keeps no credentials"),
            .. Complain(
                steps.Any(step => ActionOf(step) == "aws-actions/configure-aws-credentials" && step["with"]?["mask-aws-account-id"] is null),
                name,
                "the account's number is masked"),
            .. Complain(
                steps.Any(step => ((string?)step["run"] ?? "").Contains("${{", StringComparison.Ordinal)),
                name,
                "an expression reaches a script by way of its environment"),
            .. deploys ? CheckDeployment(workflow, name, job, steps) : [],
        ];
    }

    private static IEnumerable<string> CheckDeployment(
        JsonNode workflow, string name, JsonNode job, JsonNode[] steps)
    {
        var checkedAt = Array.FindIndex(steps, AsksForNewest);
        var trustedAt = Array.FindIndex(steps, step => ActionOf(step) == "aws-actions/configure-aws-credentials");
        var needs = (string?)job["needs"];
        var before = needs is null ? null : workflow["jobs"]![needs];
        var condition = $"{(string?)job["if"]} {(string?)before?["if"]}";
        string[] asked =
            ["workflow_run.conclusion == 'success'", "workflow_run.event)", "head_repository.full_name == github.repository"];
        return
        [
            .. Complain(
                job["concurrency"] is not JsonObject concurrency || !(concurrency["cancel-in-progress"] is null || IsFalse(concurrency["cancel-in-progress"])),
                name,
                "deployments wait for each other, and none is broken off"),
            .. Complain(
                checkedAt < 0 || checkedAt > trustedAt
                || steps[(checkedAt + 1)..].Any(step => (string?)step["if"] != "steps.newest.outputs.newest == 'yes'"),
                name,
                "whether its commit is main's newest is asked before there are keys, and all after it depends on that"),
            .. Complain(
                before?["steps"]?.AsArray().Any(step => AsksForNewest(step!)) != true
                || (string?)job["if"] != $"needs.{needs}.outputs.newest == 'yes'",
                name,
                "whether its commit is main's newest is asked in a job before: one that deploys nothing takes no waiting one's place"),
            .. Complain(
                !steps.Any(step => ((string?)step["with"]?["ref"] ?? "").Contains("workflow_run.head_sha", StringComparison.Ordinal)),
                name,
                "what was tested is what is checked out"),
            .. Complain(
                !asked.All(part => condition.Contains(part, StringComparison.Ordinal)),
                name,
                "only a passed run of this repository's own main is deployed"),
        ];
    }

    private static bool AsksForNewest(JsonNode step) =>
        ((string?)step["run"] ?? "").StartsWith("script/check-newest \"$HEAD_SHA\"", StringComparison.Ordinal);

    private static bool MayRunBesideIdentity(JsonNode step) =>
        ActionOf(step) is { } action ? BesideIdentity.Contains(action) : OwnScript().IsMatch((string?)step["run"] ?? "");

    private static string? ActionOf(JsonNode step) => ((string?)step["uses"])?.Split('@')[0];

    private static bool IsFalse(JsonNode? value) => value?.ToJsonString() == "false";

    private static JsonObject Jobs(JsonNode workflow) => workflow["jobs"]!.AsObject();

    private static IEnumerable<string> Complain(bool isBroken, string place, string rule) =>
        isBroken ? [$"{place}: {rule}"] : [];

    [GeneratedRegex(@"\buses: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Uses();

    [GeneratedRegex(@"\buses: (?<action>[\w./-]+)@[0-9a-f]{40} # v(?<major>\d+)\.\d+\.\d+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\bvars\.\w*(ROLE|EMAIL|BUCKET)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Public();

    [GeneratedRegex(@"@sha256:[0-9a-f]{64}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Digest();

    [GeneratedRegex(@"^script/(redact script/deploy-|check-newest |comment-plan )[^\n;&]*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OwnScript();
}
