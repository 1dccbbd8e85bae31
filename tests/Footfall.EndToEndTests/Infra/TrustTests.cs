namespace Footfall.EndToEndTests.Infra;

/// <summary>Whose workflows may take on the roles: ours, in the form of today, for what each role is for.</summary>
[Collection(nameof(AppliedSystem))]
public sealed class TrustTests(AppliedSystem system)
{
    private const string Plan = "footfall-plan";
    private const string Deploy = "footfall-deploy";

    private static readonly GitHubToken Main = new() { Event = "workflow_run", Environment = "production" };
    private static readonly GitHubToken PullRequest = new() { Event = "pull_request", Ref = "refs/pull/1/merge" };

    private static readonly Dictionary<string, GitHubToken> Tokens = new(StringComparer.Ordinal)
    {
        ["main in the environment"] = Main,
        ["main in the environment, started by hand"] = Main with { Event = "workflow_dispatch" },
        ["a pull request"] = PullRequest,
        ["the form before, main in the environment"] = Main with { IsImmutable = false },
        ["the form before, a pull request"] = PullRequest with { IsImmutable = false },
        ["a fork"] = Main with { Owner = "forker", OwnerId = 7, RepositoryId = 8 },
        ["a fork's own pull request"] = PullRequest with { Owner = "forker", OwnerId = 7, RepositoryId = 8 },
        ["a fork in the form before"] = Main with { Owner = "forker", IsImmutable = false },
        ["the repository renamed"] = Main with { Name = "cv" },
        ["the repository renamed, a pull request"] = PullRequest with { Name = "cv" },
        ["another repository that took its name"] = Main with { RepositoryId = 8 },
        ["another owner who took the name"] = Main with { OwnerId = 7, RepositoryId = 8 },
        ["another owner who took the name, a pull request"] = PullRequest with { OwnerId = 7, RepositoryId = 8 },
        ["main without the environment"] = Main with { Environment = null },
        ["main in another environment"] = Main with { Environment = "staging" },
        ["another branch"] = Main with { Ref = "refs/heads/mine", Environment = null },
        ["another branch in the environment"] = Main with { Ref = "refs/heads/mine" },
        ["a pull request in the environment"] = PullRequest with { Environment = "production" },
        ["a tag named main"] = Main with { Ref = "refs/tags/main", Environment = null },
        ["a tag named main in the environment"] = Main with { Ref = "refs/tags/main" },
        ["a branch named pull_request"] = Main with { Ref = "refs/heads/pull_request", Environment = null },
        ["meant for somebody else than AWS"] = Main with { Audience = "https://github.com/owner" },
    };

    private static readonly string[] Deploying =
        ["main in the environment", "main in the environment, started by hand"];

    public static TheoryData<string> Names => [.. Tokens.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_role_is_taken_on_by_our_repository_for_its_purpose_and_by_nobody_else(string token)
    {
        await system.StartAsync();
        var plan = new TrustPolicy(await system.Emulator.ReadRoleAsync(Plan));
        var deploy = new TrustPolicy(await system.Emulator.ReadRoleAsync(Deploy));

        Assert.Equal(token == "a pull request", plan.Allows(Tokens[token]));
        Assert.Equal(Deploying.Contains(token), deploy.Allows(Tokens[token]));
    }
}
