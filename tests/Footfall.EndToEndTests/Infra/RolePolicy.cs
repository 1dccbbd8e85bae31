using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Footfall.EndToEndTests.Infra;

/// <summary>What a role may do, as all its policies together say it.</summary>
internal sealed record RolePolicy(IReadOnlyList<RolePolicy.Statement> Statements)
{
    // API Gateway asks for it when something is made with tags; the reference leaves it out.
    private const string Unlisted = "apigateway:TagResource";

    public IEnumerable<string> Actions => Statements.SelectMany(statement => statement.Actions).Distinct();

    public static async Task<RolePolicy> ReadAsync(AwsEmulator emulator, string role)
    {
        var documents = await emulator.ReadPoliciesAsync(role);
        return new([.. documents.SelectMany(document => document["Statement"]!.AsArray()).Select(statement => Read(statement!))]);
    }

    /// <summary>What AWS's own reference says against it; none when all is well.</summary>
    public IEnumerable<string> Check(IamData data) => Statements.SelectMany(statement =>
        statement.Actions.Where(action => action != Unlisted).SelectMany(action => Check(data, statement, action)));

    /// <summary>What it allows and was not asked for: actions on none of their resources, and resources by none of theirs.</summary>
    public IEnumerable<string> FindUnasked(IReadOnlyCollection<(string Action, string Resource)> calls) =>
        Statements.SelectMany(statement =>
        {
            var asked = calls.Where(call => statement.Actions.Contains(call.Action)).ToArray();
            return statement.Actions
                .Where(action => !asked.Any(call => call.Action == action && statement.Resources.Any(arn => Matches(arn, call.Resource))))
                .Concat(statement.Resources.Where(arn => !asked.Any(call => Matches(arn, call.Resource))));
        });

    private static bool Matches(string arn, string resource) => FileSystemName.MatchesSimpleExpression(arn, resource, ignoreCase: false);

    private static IEnumerable<string> Check(IamData data, Statement statement, string action)
    {
        if (!data.HasAction(action))
        {
            return [$"{action} is no action of AWS's"];
        }

        var isBound = !statement.Resources.Contains("*");
        return (isBound, data.KnowsResources(action)) switch
        {
            (false, true) => [$"{action} can be bound to resources"],
            (true, false) => [$"{action} knows no resources: AWS refuses it always"],
            (true, true) when !statement.Resources.Any(arn => data.IsAskedFor(action, arn)) =>
                [$"{action} is asked for none of {string.Join(", ", statement.Resources)}"],
            _ => statement.Conditions.Where(key => !data.KnowsCondition(action, key))
                .Select(key => $"{action} does not come with {key}: AWS refuses it always"),
        };
    }

    private static Statement Read(JsonNode statement)
    {
        Assert.Equal("Allow", (string?)statement["Effect"]);
        return new(
            [.. TextsOf(statement["Action"]!)],
            [.. TextsOf(statement["Resource"]!)],
            [.. (statement["Condition"]?.AsObject() ?? []).SelectMany(condition => condition.Value!.AsObject()).Select(key => key.Key)]);
    }

    private static IEnumerable<string> TextsOf(JsonNode oneOrMore) => oneOrMore is JsonArray several
        ? several.Select(text => (string)text!)
        : [(string)oneOrMore!];

    /// <param name="Conditions">The keys of its conditions.</param>
    internal sealed record Statement(
        IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, IReadOnlyList<string> Conditions);
}
