using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// Decides as STS does whether a role may be taken on with a token of GitHub's ("Policy evaluation logic" in IAM's
/// documentation): any statement that allows it, and all of its conditions.
/// </summary>
internal sealed class TrustPolicy(JsonNode document)
{
    private const string Provider =
        $"arn:aws:iam::{AwsEmulator.Account}:oidc-provider/token.actions.githubusercontent.com";

    public bool Allows(GitHubToken token) => document["Statement"]!.AsArray().Any(statement => Allows(statement!, token));

    private static bool Allows(JsonNode statement, GitHubToken token)
    {
        Assert.Equal("Allow", (string?)statement["Effect"]);
        return (string?)statement["Action"] == "sts:AssumeRoleWithWebIdentity"
            && (string?)statement["Principal"]!["Federated"] == Provider
            && (statement["Condition"]?.AsObject() ?? []).All(condition =>
                condition.Value!.AsObject().All(key => Holds(condition.Key, key.Key, key.Value!, token)));
    }

    // A claim that the token does not have fails its condition.
    private static bool Holds(string @operator, string key, JsonNode wanted, GitHubToken token) =>
        token.Claims.TryGetValue(key, out var claim) && TextsOf(wanted).Any(value => @operator switch
        {
            "StringEquals" => claim == value,
            "StringLike" => FileSystemName.MatchesSimpleExpression(value, claim, ignoreCase: false),
            _ => throw new InvalidOperationException($"This test does not know {@operator}."),
        });

    private static IEnumerable<string> TextsOf(JsonNode oneOrMore) => oneOrMore is JsonArray several
        ? several.Select(text => (string)text!)
        : [(string)oneOrMore!];
}
