using Amazon.Runtime;
using Footfall.DynamoDb;
using Footfall.EndToEndTests.Shipping;
using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>
/// The commands take credentials however a person has them. That they used these shows in DynamoDB Local, which keeps the
/// tables of each access key apart.
/// </summary>
public sealed class SignInTests(DynamoDbLocal local, NativeProgram native) : IAsyncLifetime
{
    private const string Config = """
        [profile source]
        aws_access_key_id = AKIASOURCE
        aws_secret_access_key = secret

        [profile role]
        role_arn = arn:aws:iam::111122223333:role/owner
        source_profile = source

        [profile process]
        credential_process = sh -c "echo '{\"Version\":1,\"AccessKeyId\":\"ASIAPROCESS\",\"SecretAccessKey\":\"secret\"}'"

        [profile web]
        role_arn = arn:aws:iam::111122223333:role/owner
        web_identity_token_file = TOKEN_FILE
        role_session_name = footfall

        [profile sso]
        sso_session = home
        sso_account_id = 111122223333
        sso_role_name = owner
        region = us-east-1

        [sso-session home]
        sso_start_url = https://example.awsapps.com/start
        sso_region = us-east-1
        sso_registration_scopes = sso:account:access
        """;

    // The SHA-1 of the session's name, by which AWS's tools call its file.
    private const string SessionHash = "e83249bd3ba79932e16fb1fb5100dafade9954c2";

    private readonly TemporaryDirectory home = new();
    private SignInServices services = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        services = await SignInServices.StartAsync();
        Directory.CreateDirectory(home.File(".aws/sso/cache"));
        await File.WriteAllTextAsync(home.File("token"), "web-identity", Cancellation);
        await File.WriteAllTextAsync(
            home.File(".aws/config"), Config.Replace("TOKEN_FILE", home.File("token"), StringComparison.Ordinal), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        home.Dispose();
    }

    [Theory]
    [InlineData("role", SignInServices.RoleKey, "Credential=AKIASOURCE/")]
    [InlineData("process", "ASIAPROCESS", null)]
    [InlineData("web", SignInServices.WebIdentityKey, "web-identity")]
    [InlineData("sso", SignInServices.SignOnKey, "signed-on")]
    [InlineData("sso, expired", SignInServices.SignOnKey, SignInServices.FreshToken)]
    public async Task Credentials_come_from_a_profile(string profile, string accessKey, string? asker)
    {
        var endpoint = (await local.EnvironmentAsync()).Single(variable => variable.Name == "AWS_ENDPOINT_URL_DYNAMODB").Value;
        using var client = DynamoDbClients.Create(new Uri(endpoint), new BasicAWSCredentials(accessKey, "secret"));
        string[][] programs =
        [
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "Footfall.Cli.dll")],
            [await native.FileAsync()],
        ];
        foreach (var program in programs)
        {
            await SignOnAsync(isExpired: profile == "sso, expired");
            services.Askers.Clear();
            var table = $"signed-in-{Guid.NewGuid():N}";

            _ = (await Tool.RunAsync(
                program[0], [.. program[1..], "table", "create", table, "--verbose"], EnvironmentOf(profile.Split(',')[0], endpoint)))
                .Expect();

            Assert.Contains(table, (await client.ListTablesAsync(Cancellation)).TableNames);
            Assert.True(asker is null || services.Askers.Any(who => who.Contains(asker, StringComparison.Ordinal)), asker);
        }
    }

    [Fact]
    public async Task Without_any_a_line_says_so()
    {
        var environment = EnvironmentOf("nobody", "http://127.0.0.1:1");
        foreach (var program in new[] { await native.FileAsync() })
        {
            var result = (await Tool.RunAsync(program, ["table", "create", "x"], environment)).Expect(exitCode: 1);
            Assert.Equal(2, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Contains("footfall: ", result.Output, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, string?> EnvironmentOf(string profile, string dynamoDb) => new(StringComparer.Ordinal)
    {
        ["HOME"] = home.FullName,
        ["AWS_PROFILE"] = profile,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb,
        ["AWS_ENDPOINT_URL_STS"] = services.Url,
        ["AWS_ENDPOINT_URL_SSO"] = services.Url,
        ["AWS_ENDPOINT_URL_SSO_OIDC"] = services.Url,
    };

    // What `aws sso login` leaves behind.
    private Task SignOnAsync(bool isExpired)
    {
        var now = TimeProvider.System.GetUtcNow();
        return File.WriteAllTextAsync(home.File($".aws/sso/cache/{SessionHash}.json"), $$"""
            {
              "startUrl": "https://example.awsapps.com/start",
              "region": "us-east-1",
              "accessToken": "signed-on",
              "expiresAt": "{{(isExpired ? now.AddHours(-1) : now.AddHours(1)):yyyy-MM-ddTHH:mm:ssZ}}",
              "clientId": "client",
              "clientSecret": "secret",
              "registrationExpiresAt": "{{now.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}}",
              "refreshToken": "refresh"
            }
            """, Cancellation);
    }
}
