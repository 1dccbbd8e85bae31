using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Footfall.EndToEndTests.Tooling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// Serves over TLS what was applied: CloudFront's behaviours, functions, origins, policies and error pages in front of
/// the bucket and of the HTTP API's routes. Nothing is cached but errors.
/// </summary>
internal sealed class CloudFrontStandIn : IAsyncDisposable
{
    private readonly AwsEmulator emulator;
    private readonly string folder;
    private readonly HttpClient origin = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly SemaphoreSlim reading = new(1);
    private readonly ErrorCache errors = new();
    private readonly ConcurrentDictionary<string, Lazy<EdgeScript>> scripts = new(StringComparer.Ordinal);
    private readonly WebApplication app;
    private AppliedEdge? edge;

    private CloudFrontStandIn(AwsEmulator emulator, string folder, X509Certificate2 certificate)
    {
        this.emulator = emulator;
        this.folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>The live function, once a request has come.</summary>
    public AppliedFunction? Function { get; private set; }

    public int Port => new Uri(app.Urls.Single()).Port;

    /// <param name="folder">Where the functions' files go, and <c>ca.pem</c>, which vouches for the stand-in.</param>
    public static async Task<CloudFrontStandIn> StartAsync(AwsEmulator emulator, string folder)
    {
        Tool.Require("node");
        using var certificate = CreateCertificate();
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), certificate.ExportCertificatePem());
        var withKey = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        var standIn = new CloudFrontStandIn(emulator, folder, withKey);
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>What was applied; read when it is first asked for.</summary>
    public async Task<AppliedEdge> FindEdgeAsync()
    {
        await reading.WaitAsync();
        try
        {
            edge ??= await AppliedEdge.ReadAsync(emulator);
            Function ??= new AppliedFunction(emulator, edge.FunctionName, edge.FunctionAlias, folder);
            return edge;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Has what was applied read anew for the next request: it is about to change.</summary>
    public void Forget() => edge = null;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (Function is not null)
        {
            await Function.DisposeAsync();
        }

        foreach (var script in scripts.Values)
        {
            script.Value.Dispose();
        }

        origin.Dispose();
        reading.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stand-in", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.cloudfront.net");
        names.AddDnsName("example.com");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var applied = await FindEdgeAsync();
        var behavior = applied.BehaviorFor(context.Request.Path.Value!);
        var path = await RewriteAsync(applied, behavior, context.Request.Path.Value!);
        var answer = errors.Find(context.Request.Method, path);
        if (answer is null)
        {
            answer = await AskAsync(context, applied, behavior, path);
            await errors.KeepAsync(context.Request.Method, path, answer, applied.Distribution);
        }

        if (applied.ErrorPageFor(answer.StatusCode) is { } error)
        {
            using var page = await AskBucketAsync(applied.OriginOf(applied.BehaviorFor(error.Page)), error.Page);
            await SendAsync(context, applied, behavior, page, error.Status);
            return;
        }

        // CloudFront runs none on errors of its origins ("Restrictions on all edge functions" in its documentation).
        if (answer.StatusCode < HttpStatusCode.BadRequest && applied.FindScript(behavior, "viewer-response") is { } script)
        {
            await ChangeAsync(answer, script);
        }

        await SendAsync(context, applied, behavior, answer, (int)answer.StatusCode);
    }

    private async Task<string> RewriteAsync(AppliedEdge applied, XElement behavior, string path) =>
        applied.FindScript(behavior, "viewer-request") is { } script
            ? (string)(await RunAsync(script, new() { ["request"] = new JsonObject { ["uri"] = path } }))["uri"]!
            : path;

    private async Task ChangeAsync(HttpResponseMessage answer, string script)
    {
        var headers = new JsonObject();
        foreach (var (name, values) in answer.Headers.NonValidated)
        {
            headers[name.ToLowerInvariant()] = new JsonObject { ["value"] = values.ToString() };
        }

        var response = new JsonObject { ["statusCode"] = (int)answer.StatusCode, ["headers"] = headers };
        var changed = await RunAsync(script, new() { ["response"] = response });
        answer.StatusCode = (HttpStatusCode)(int)changed["statusCode"]!;
        answer.Headers.Clear();
        foreach (var (name, value) in changed["headers"]!.AsObject())
        {
            _ = answer.Headers.TryAddWithoutValidation(name, (string)value!["value"]!);
        }
    }

    private Task<JsonNode> RunAsync(string script, JsonObject entry) =>
        scripts.GetOrAdd(script, code => new(() => new EdgeScript(code))).Value.RunAsync(entry);

    private async Task<HttpResponseMessage> AskAsync(
        HttpContext context, AppliedEdge applied, XElement behavior, string path)
    {
        var methods = behavior.Element("AllowedMethods")!.Element("Items")!.Elements("Method");
        if (!methods.Any(method => method.Value == context.Request.Method))
        {
            return new(HttpStatusCode.Forbidden);
        }

        var asked = applied.OriginOf(behavior);
        return asked.Element("CustomOriginConfig") is null
            ? await AskBucketAsync(asked, applied.FileAt(path))
            : await AskApiAsync(context, applied, behavior, asked, path);
    }

    private Task<HttpResponseMessage> AskBucketAsync(XElement bucket, string path)
    {
        Assert.NotEmpty((string)bucket.Element("OriginAccessControlId")!);
        return AskBucketAsync(((string)bucket.Element("DomainName")!).Split('.')[0], path);
    }

    // Without the right to list it a bucket says 403 for what it does not have.
    private async Task<HttpResponseMessage> AskBucketAsync(string bucket, string path)
    {
        var answer = await emulator.CallAsync("s3", HttpMethod.Get, $"/{bucket}{path}");
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            answer.StatusCode = HttpStatusCode.Forbidden;
        }

        return answer;
    }

    private async Task<HttpResponseMessage> AskApiAsync(
        HttpContext context, AppliedEdge applied, XElement behavior, XElement asked, string path)
    {
        if (!applied.RouteKeys.Contains($"{context.Request.Method} {path}"))
        {
            return new(HttpStatusCode.NotFound) { Content = new StringContent("""{"message":"Not Found"}""") };
        }

        var live = await Function!.FindLiveAsync();
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(live, path + context.Request.QueryString));
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        var passedOn = applied.ForwardedHeaders[(string)behavior.Element("OriginRequestPolicyId")!];
        context.Request.Headers["CloudFront-Viewer-Address"] =
            $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}";
        foreach (var (name, value) in context.Request.Headers.Where(header => passedOn(header.Key) && !IsOfTheConnection(header.Key)))
        {
            Add(request, name, value);
        }

        foreach (var header in asked.Descendants("OriginCustomHeader"))
        {
            Add(request, (string)header.Element("HeaderName")!, (string)header.Element("HeaderValue")!);
        }

        return await origin.SendAsync(request);
    }

    private static bool IsOfTheConnection(string name) =>
        name is "Connection" or "Content-Length" or "Transfer-Encoding" or "Accept-Encoding" or "Upgrade";

    private static void Add(HttpRequestMessage request, string name, StringValues value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
        {
            _ = request.Content?.Headers.TryAddWithoutValidation(name, value.ToString());
        }
    }

    private static async Task SendAsync(
        HttpContext context, AppliedEdge applied, XElement behavior, HttpResponseMessage answer, int status)
    {
        context.Response.StatusCode = status;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!name.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase)
                && name is not ("Transfer-Encoding" or "Server" or "Date" or "Connection" or "Content-Length"))
            {
                context.Response.Headers[name] = values.ToString();
            }
        }

        if ((string?)behavior.Element("ResponseHeadersPolicyId") is { Length: > 0 } policy)
        {
            foreach (var (name, value) in applied.ResponseHeaders[policy])
            {
                context.Response.Headers[name] = value;
            }
        }

        if (context.Request.Method != "HEAD" && status is not (204 or 304))
        {
            await answer.Content.CopyToAsync(context.Response.Body);
        }
    }
}
