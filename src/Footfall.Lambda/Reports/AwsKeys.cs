namespace Footfall.Lambda.Reports;

/// <summary>What the function proves itself to AWS's services with, as Lambda puts it into the environment.</summary>
/// <param name="SessionToken">Goes with keys that end by themselves, as a role's do; null for others.</param>
public sealed record AwsKeys(string AccessKeyId, string SecretAccessKey, string? SessionToken);
