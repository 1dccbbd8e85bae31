namespace Footfall.EndToEndTests.Infra;

/// <summary>Keys of the emulator's. A role's carry a session token, and are held to the role's policies.</summary>
internal sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    public static AwsCredentials Administrator { get; } = new("test", "test");
}
