using System.IO.Enumeration;
using System.Net;
using System.Xml.Linq;

namespace Footfall.EndToEndTests.Infra;

/// <summary>What the emulated CloudFront, S3 and API Gateway were told, read back from them.</summary>
/// <param name="Distribution">The distribution's settings.</param>
/// <param name="ResponseHeaders">What a behaviour with this policy adds, by the policy's identifier.</param>
/// <param name="ForwardedHeaders">Whether a behaviour with this policy passes a viewer's header on, by the policy's identifier.</param>
/// <param name="Scripts">The code of its functions, by their ARN.</param>
/// <param name="RouteKeys">The API's routes.</param>
internal sealed record AppliedEdge(
    string DomainName,
    XElement Distribution,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ResponseHeaders,
    IReadOnlyDictionary<string, Predicate<string>> ForwardedHeaders,
    IReadOnlyDictionary<string, string> Scripts,
    IReadOnlySet<string> RouteKeys,
    string FunctionName,
    string FunctionAlias)
{
    private const string Prefix = "/2020-05-31/";

    public static async Task<AppliedEdge> ReadAsync(AwsEmulator emulator)
    {
        var summary = (await emulator.ReadXmlAsync("cloudfront", $"{Prefix}distribution"))
            .Descendants("DistributionSummary").Single();
        var id = (string)summary.Element("Id")!;
        var distribution = (await emulator.ReadXmlAsync("cloudfront", $"{Prefix}distribution/{id}"))
            .Descendants("DistributionConfig").Single();
        var api = DomainOf(distribution, "api").Split('.')[0];
        var routes = (await emulator.ReadJsonAsync("apigateway", $"/v2/apis/{api}/routes"))["items"]!.AsArray();
        var integrations = await emulator.ReadJsonAsync("apigateway", $"/v2/apis/{api}/integrations");
        var integration = Assert.Single(integrations["items"]!.AsArray())!;
        var integrationTarget = $"integrations/{integration["integrationId"]}";
        Assert.Equal("2.0", (string?)integration["payloadFormatVersion"]);
        Assert.All(routes, route => Assert.Equal(integrationTarget, (string?)route!["target"]));
        var target = ((string)integration["integrationUri"]!).Split(":function:")[1].Split('/')[0].Split(':');
        return new(
            (string)summary.Element("DomainName")!,
            distribution,
            await ReadAsync(emulator, distribution, "ResponseHeadersPolicyId", "response-headers-policy", AddedBy),
            await ReadAsync(emulator, distribution, "OriginRequestPolicyId", "origin-request-policy", PassedOnBy),
            await ReadScriptsAsync(emulator, distribution),
            routes.Select(route => (string)route!["routeKey"]!).ToHashSet(StringComparer.Ordinal),
            target[0],
            target[1]);
    }

    /// <summary>The behaviour that answers <paramref name="path"/>: the first that matches, or the default.</summary>
    public XElement BehaviorFor(string path) =>
        Distribution.Element("CacheBehaviors")?.Descendants("CacheBehavior")
            .FirstOrDefault(behavior => Matches((string)behavior.Element("PathPattern")!, path))
        ?? Distribution.Element("DefaultCacheBehavior")!;

    public XElement OriginOf(XElement behavior) => Distribution.Element("Origins")!.Descendants("Origin")
        .Single(origin => (string)origin.Element("Id")! == (string)behavior.Element("TargetOriginId")!);

    /// <summary>What the origin is asked for: the path, or the distribution's first page.</summary>
    public string FileAt(string path) => path == "/" ? $"/{(string)Distribution.Element("DefaultRootObject")!}" : path;

    /// <summary>The code that a behaviour runs at <paramref name="moment"/>, such as <c>viewer-request</c>; null when it runs none.</summary>
    public string? FindScript(XElement behavior, string moment) =>
        behavior.Descendants("FunctionAssociation")
            .Where(function => (string)function.Element("EventType")! == moment)
            .Select(function => Scripts[(string)function.Element("FunctionARN")!])
            .SingleOrDefault();

    /// <summary>The page and the status in whose place an error is answered, if there is one for it.</summary>
    public (string Page, int Status)? ErrorPageFor(HttpStatusCode status) =>
        Distribution.Element("CustomErrorResponses")!.Descendants("CustomErrorResponse")
            .Where(error => (int)error.Element("ErrorCode")! == (int)status && Text(error, "ResponsePagePath") is { Length: > 0 })
            .Select(error => ((string, int)?)(Text(error, "ResponsePagePath")!, (int)error.Element("ResponseCode")!))
            .FirstOrDefault();

    private static string? Text(XElement element, string child) => (string?)element.Element(child);

    private static string DomainOf(XElement distribution, string origin) => (string)distribution.Element("Origins")!
        .Descendants("Origin").Single(element => (string)element.Element("Id")! == origin).Element("DomainName")!;

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false);

    private static async Task<Dictionary<string, T>> ReadAsync<T>(
        AwsEmulator emulator, XElement distribution, string reference, string path, Func<XElement, T> read)
    {
        var policies = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var id in distribution.Descendants(reference).Select(id => id.Value).Where(id => id.Length > 0))
        {
            policies[id] = read(await emulator.ReadXmlAsync("cloudfront", $"{Prefix}{path}/{id}"));
        }

        return policies;
    }

    private static async Task<Dictionary<string, string>> ReadScriptsAsync(AwsEmulator emulator, XElement distribution)
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var arn in distribution.Descendants("FunctionARN").Select(arn => arn.Value))
        {
            using var live = await emulator.CallAsync(
                "cloudfront", HttpMethod.Get, $"{Prefix}function/{arn.Split('/')[^1]}?Stage=LIVE");
            scripts[arn] = await live.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }

        return scripts;
    }

    private static Predicate<string> PassedOnBy(XElement policy)
    {
        var headers = policy.Descendants("HeadersConfig").Single();
        var names = headers.Descendants("Name").Select(name => name.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (string)headers.Element("HeaderBehavior")! switch
        {
            "whitelist" => names.Contains,

            // What CloudFront adds by itself is not the viewer's.
            "allExcept" => name => !names.Contains(name) && !name.StartsWith("CloudFront-", StringComparison.OrdinalIgnoreCase),
            var unknown => throw new InvalidOperationException($"The stand-in does not know {unknown}."),
        };
    }

    private static IReadOnlyDictionary<string, string> AddedBy(XElement policy)
    {
        var headers = policy.Descendants("CustomHeadersConfig").Descendants("ResponseHeadersPolicyCustomHeader")
            .ToDictionary(
                header => (string)header.Element("Header")!,
                header => (string)header.Element("Value")!,
                StringComparer.Ordinal);
        var security = policy.Descendants("SecurityHeadersConfig").Single();
        foreach (var header in security.Elements().Where(element => element.HasElements))
        {
            var (name, value) = header.Name.LocalName switch
            {
                "ContentSecurityPolicy" => ("Content-Security-Policy", Setting("ContentSecurityPolicy")),
                "ContentTypeOptions" => ("X-Content-Type-Options", "nosniff"),
                "ReferrerPolicy" => ("Referrer-Policy", Setting("ReferrerPolicy")),
                "StrictTransportSecurity" =>
                    ("Strict-Transport-Security", $"max-age={Setting("AccessControlMaxAgeSec")}"),
                var unknown => throw new InvalidOperationException($"The stand-in does not know {unknown}."),
            };
            headers[name] = value;

            string Setting(string setting) => (string)header.Element(setting)!;
        }

        return headers;
    }
}
