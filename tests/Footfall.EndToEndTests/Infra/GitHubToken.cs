using System.Globalization;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// What GitHub says of a job in its OIDC token, as far as a role's trust may ask for it ("OpenID Connect reference" in
/// GitHub's documentation).
/// </summary>
internal sealed record GitHubToken
{
    public string Owner { get; init; } = Terraform.Repository.Split('/')[0];

    public long OwnerId { get; init; } = Terraform.OwnerId;

    public string Name { get; init; } = Terraform.Repository.Split('/')[1];

    public long RepositoryId { get; init; } = Terraform.RepositoryId;

    /// <summary>The subject has the numbers beside the names: every repository made since 2026-07-15.</summary>
    public bool IsImmutable { get; init; } = true;

    public string Event { get; init; } = "push";

    public string Ref { get; init; } = "refs/heads/main";

    public string? Environment { get; init; }

    public string Audience { get; init; } = "sts.amazonaws.com";

    /// <summary>The claims by their names as condition keys of IAM's.</summary>
    public IReadOnlyDictionary<string, string> Claims => new Dictionary<string, string>
    {
        ["aud"] = Audience,
        ["sub"] = $"repo:{Repository}:{Context}",
        ["ref"] = Ref,
        ["repository"] = $"{Owner}/{Name}",
        ["repository_id"] = RepositoryId.ToString(CultureInfo.InvariantCulture),
    }.ToDictionary(claim => $"token.actions.githubusercontent.com:{claim.Key}", claim => claim.Value);

    private string Repository => IsImmutable
        ? string.Create(CultureInfo.InvariantCulture, $"{Owner}@{OwnerId}/{Name}@{RepositoryId}")
        : $"{Owner}/{Name}";

    // The environment comes before the event, and the event before the branch.
    private string Context => Environment is not null ? $"environment:{Environment}"
        : Event == "pull_request" ? "pull_request"
        : $"ref:{Ref}";
}
