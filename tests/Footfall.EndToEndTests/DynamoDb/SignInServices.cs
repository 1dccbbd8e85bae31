using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Stands in for AWS's endpoints that give out credentials: STS, single sign-on, and its OpenID Connect.</summary>
internal sealed class SignInServices : IAsyncDisposable
{
    public const string RoleKey = "ASIAROLE";
    public const string WebIdentityKey = "ASIAWEBIDENTITY";
    public const string SignOnKey = "ASIASIGNON";
    public const string FreshToken = "fresh";

    private readonly WebApplication services;

    private SignInServices()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        services = builder.Build();
        services.Urls.Add("http://127.0.0.1:0");
        services.MapPost("/", GiveRoleAsync);
        services.MapGet("/federation/credentials", GiveSignedOn);
        services.MapPost("/token", () => Results.Text(
            $$"""{"accessToken":"{{FreshToken}}","expiresIn":3600,"tokenType":"Bearer"}""", "application/json"));
    }

    public string Url => services.Urls.Single();

    /// <summary>Who asked for a role: the access keys that signed, or the web identity's token.</summary>
    public ConcurrentQueue<string> Askers { get; } = new();

    public static async Task<SignInServices> StartAsync()
    {
        var standIn = new SignInServices();
        await standIn.services.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<IResult> GiveRoleAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var action = form["Action"].ToString();
        var isWebIdentity = action == "AssumeRoleWithWebIdentity";
        Askers.Enqueue(isWebIdentity ? form["WebIdentityToken"].ToString() : request.Headers.Authorization.ToString());
        return Results.Text(
            $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <{action}Result>
                <Credentials>
                  <AccessKeyId>{(isWebIdentity ? WebIdentityKey : RoleKey)}</AccessKeyId>
                  <SecretAccessKey>secret</SecretAccessKey>
                  <SessionToken>session</SessionToken>
                  <Expiration>{TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Expiration>
                </Credentials>
              </{action}Result>
            </{action}Response>
            """,
            "text/xml");
    }

    private IResult GiveSignedOn(HttpRequest request)
    {
        Askers.Enqueue(request.Headers["x-amz-sso_bearer_token"].ToString());
        var expiration = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        return Results.Text(
            $$$"""{"roleCredentials":{"accessKeyId":"{{{SignOnKey}}}","secretAccessKey":"secret","sessionToken":"session","expiration":{{{expiration}}}}}""",
            "application/json");
    }
}
