using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.EndToEndTests.Lambda;

/// <summary>
/// The fields of an HTTP API's events and the form of their values, after the samples in AWS's documentation ("Create
/// AWS Lambda proxy integrations for HTTP APIs"): a path, then a kind or a pattern; <c>?</c> marks what a request
/// without it leaves out (2.0) or has as null (1.0). Left out here is what only authorizers, client certificates, path
/// and stage variables bring.
/// </summary>
internal static class EventFields
{
    private const string Epoch = "^[0-9]{13}$";
    private const string Address = @"^\d+\.\d+\.\d+\.\d+$";
    private const string Time = @"^\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000$";
    private const string Text = "text";
    private const string Map = "map";
    private const string Lists = "lists";
    private const string List = "list";
    private const string Truth = "truth";
    private const string Null = "null";

    public static IReadOnlyDictionary<string, string> Version2 { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["version"] = @"^2\.0$",
        ["routeKey"] = @"^\$default$",
        ["rawPath"] = "^/",
        ["rawQueryString"] = Text,
        ["cookies?"] = List,
        ["headers"] = Map,
        ["queryStringParameters?"] = Map,
        ["requestContext.accountId"] = "^[0-9]{12}$",
        ["requestContext.apiId"] = Text,
        ["requestContext.domainName"] = Text,
        ["requestContext.domainPrefix"] = Text,
        ["requestContext.http.method"] = "^[A-Z]+$",
        ["requestContext.http.path"] = "^/",
        ["requestContext.http.protocol"] = @"^HTTP/1\.1$",
        ["requestContext.http.sourceIp"] = Address,
        ["requestContext.http.userAgent"] = Text,
        ["requestContext.requestId"] = Text,
        ["requestContext.routeKey"] = @"^\$default$",
        ["requestContext.stage"] = @"^\$default$",
        ["requestContext.time"] = Time,
        ["requestContext.timeEpoch"] = Epoch,
        ["body?"] = Text,
        ["isBase64Encoded"] = Truth,
    };

    public static IReadOnlyDictionary<string, string> Version1 { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["version"] = @"^1\.0$",
        ["resource"] = Text,
        ["path"] = "^/",
        ["httpMethod"] = "^[A-Z]+$",
        ["headers"] = Map,
        ["multiValueHeaders"] = Lists,
        ["queryStringParameters?"] = Map,
        ["multiValueQueryStringParameters?"] = Lists,
        ["requestContext.accountId"] = "^[0-9]{12}$",
        ["requestContext.apiId"] = Text,
        ["requestContext.authorizer"] = Null,
        ["requestContext.domainName"] = Text,
        ["requestContext.domainPrefix"] = Text,
        ["requestContext.extendedRequestId"] = Text,
        ["requestContext.httpMethod"] = "^[A-Z]+$",
        ["requestContext.identity.accessKey"] = Null,
        ["requestContext.identity.accountId"] = Null,
        ["requestContext.identity.caller"] = Null,
        ["requestContext.identity.cognitoAuthenticationProvider"] = Null,
        ["requestContext.identity.cognitoAuthenticationType"] = Null,
        ["requestContext.identity.cognitoIdentityId"] = Null,
        ["requestContext.identity.cognitoIdentityPoolId"] = Null,
        ["requestContext.identity.principalOrgId"] = Null,
        ["requestContext.identity.sourceIp"] = Address,
        ["requestContext.identity.user"] = Null,
        ["requestContext.identity.userAgent"] = Text,
        ["requestContext.identity.userArn"] = Null,
        ["requestContext.path"] = "^/",
        ["requestContext.protocol"] = @"^HTTP/1\.1$",
        ["requestContext.requestId"] = Text,
        ["requestContext.requestTime"] = Time,
        ["requestContext.requestTimeEpoch"] = Epoch,
        ["requestContext.resourceId"] = Null,
        ["requestContext.resourcePath"] = Text,
        ["requestContext.stage"] = @"^\$default$",
        ["pathParameters"] = Null,
        ["stageVariables"] = Null,
        ["body?"] = Text,
        ["isBase64Encoded"] = Truth,
    };

    /// <summary>What an event lacks, has beyond the documented, or has in another form.</summary>
    public static List<string> Differences(JsonElement received, IReadOnlyDictionary<string, string> documented)
    {
        var differences = new List<string>();
        var unseen = new HashSet<string>(documented.Keys, StringComparer.Ordinal);
        Walk(received, "");
        differences.AddRange(unseen.Where(path => !path.EndsWith('?')).Select(path => $"{path} is missing"));
        return differences;

        void Walk(JsonElement parent, string prefix)
        {
            foreach (var member in parent.EnumerateObject())
            {
                var path = prefix + member.Name;
                if (documented.TryGetValue(path, out var form))
                {
                    unseen.Remove(path);
                    Check(path, member.Value, form);
                }
                else if (documented.TryGetValue(path + "?", out var optional))
                {
                    Check(path, member.Value, optional, orNull: true);
                }
                else if (documented.Keys.Any(key => key.StartsWith(path + ".", StringComparison.Ordinal)))
                {
                    Walk(member.Value, path + ".");
                }
                else
                {
                    differences.Add($"{path} is not documented");
                }
            }
        }

        void Check(string path, JsonElement value, string form, bool orNull = false)
        {
            if (!(orNull && value.ValueKind == JsonValueKind.Null) && !Has(value, form))
            {
                differences.Add($"{path} is {value.GetRawText()}, expected {form}");
            }
        }
    }

    private static bool Has(JsonElement value, string form) => form switch
    {
        Text => value.ValueKind == JsonValueKind.String,
        Truth => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        Null => value.ValueKind == JsonValueKind.Null,
        List => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => Has(item, Text)),
        Map => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => IsField(item, Text)),
        Lists => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => IsField(item, List)),
        _ => Regex.IsMatch(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
            form,
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)),
    };

    private static bool IsField(JsonProperty field, string form) => Has(field.Value, form);
}
