using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Footfall.LambdaHost;

/// <summary>
/// A request as the event that the HTTP API makes of it (AWS, "Create AWS Lambda proxy integrations for HTTP APIs").
/// </summary>
internal sealed class HttpApiEvent
{
    private const string AccountId = "123456789012";
    private const string ApiId = "standin000";

    private static readonly HashSet<string> hopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    };

    private readonly HttpRequest request;
    private readonly byte[] body;
    private readonly string rawQuery;
    private readonly string path;
    private readonly IPAddress source;
    private readonly DateTimeOffset time = DateTimeOffset.UtcNow;
    private readonly string requestId = Convert.ToBase64String(RandomNumberGenerator.GetBytes(11));

    private HttpApiEvent(HttpContext context, byte[] body, IPAddress source)
    {
        request = context.Request;
        this.body = body;
        this.source = source;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        // Despite its name, rawPath arrives decoded; rawQueryString stays as it was sent.
        path = Uri.UnescapeDataString(target[0]);
        rawQuery = target.ElementAtOrDefault(1) ?? "";
    }

    public static async Task<ReadOnlyMemory<byte>> CreateAsync(HttpContext context, HttpApiSettings settings)
    {
        using var received = new MemoryStream();
        await context.Request.Body.CopyToAsync(received);
        var httpEvent = new HttpApiEvent(context, received.ToArray(), settings.SourceAddress(context));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (settings.PayloadVersion == PayloadVersion.V1)
            {
                httpEvent.WriteV1(json);
            }
            else
            {
                httpEvent.WriteV2(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private string UserAgent => request.Headers.UserAgent.ToString();

    private string Time => time.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);

    // The API was asked over TLS, whatever the stand-in itself speaks.
    private IEnumerable<KeyValuePair<string, StringValues>> Headers => request.Headers
        .Where(header => !hopByHop.Contains(header.Key))
        .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value))
        .Concat([
            KeyValuePair.Create("x-amzn-trace-id", new StringValues(TraceHeader.Create().Split(';')[0])),
            KeyValuePair.Create("x-forwarded-for", new StringValues(source.ToString())),
            KeyValuePair.Create("x-forwarded-port", new StringValues("443")),
            KeyValuePair.Create("x-forwarded-proto", new StringValues("https")),
        ])
        .OrderBy(header => header.Key, StringComparer.Ordinal);

    private void WriteV2(Utf8JsonWriter json)
    {
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", "$default");
        json.WriteString("rawPath", path);
        json.WriteString("rawQueryString", rawQuery);
        var cookies = request.Headers.Cookie.SelectMany(cookie => cookie!.Split(';', StringSplitOptions.TrimEntries)).ToList();
        if (cookies.Count > 0)
        {
            WriteArray(json, "cookies", cookies);
        }

        WriteObject(json, "headers", Headers.Where(header => header.Key != "cookie"), Joined);
        var query = ParseQuery(rawQuery);
        if (query.Count > 0)
        {
            WriteObject(json, "queryStringParameters", query, Joined);
        }

        json.WriteStartObject("requestContext");
        WriteApi(json);
        json.WriteStartObject("http");
        json.WriteString("method", request.Method);
        json.WriteString("path", path);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("sourceIp", source.ToString());
        json.WriteString("userAgent", UserAgent);
        json.WriteEndObject();
        json.WriteString("requestId", requestId);
        json.WriteString("routeKey", "$default");
        json.WriteString("stage", "$default");
        json.WriteString("time", Time);
        json.WriteNumber("timeEpoch", time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        if (body.Length > 0)
        {
            json.WriteString("body", BodyText);
        }

        json.WriteBoolean("isBase64Encoded", IsBase64Encoded);
    }

    private void WriteV1(Utf8JsonWriter json)
    {
        json.WriteString("version", "1.0");
        json.WriteString("resource", "$default");
        json.WriteString("path", path);
        json.WriteString("httpMethod", request.Method);
        WriteObject(json, "headers", Headers, Last);
        WriteLists(json, "multiValueHeaders", Headers);
        var query = ParseQuery(rawQuery);
        if (query.Count > 0)
        {
            WriteObject(json, "queryStringParameters", query, First);
            WriteLists(json, "multiValueQueryStringParameters", query);
        }
        else
        {
            json.WriteNull("queryStringParameters");
            json.WriteNull("multiValueQueryStringParameters");
        }

        json.WriteStartObject("requestContext");
        WriteApi(json);
        json.WriteNull("authorizer");
        json.WriteString("extendedRequestId", requestId);
        json.WriteString("httpMethod", request.Method);
        json.WriteStartObject("identity");
        WriteNulls(json, "accessKey", "accountId", "caller", "cognitoAuthenticationProvider");
        WriteNulls(json, "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId");
        json.WriteString("sourceIp", source.ToString());
        json.WriteNull("user");
        json.WriteString("userAgent", UserAgent);
        json.WriteNull("userArn");
        json.WriteEndObject();
        json.WriteString("path", path);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("requestId", requestId);
        json.WriteString("requestTime", Time);
        json.WriteNumber("requestTimeEpoch", time.ToUnixTimeMilliseconds());
        json.WriteNull("resourceId");
        json.WriteString("resourcePath", "$default");
        json.WriteString("stage", "$default");
        json.WriteEndObject();
        WriteNulls(json, "pathParameters", "stageVariables");
        json.WriteString("body", body.Length > 0 ? BodyText : null);
        json.WriteBoolean("isBase64Encoded", IsBase64Encoded);
    }

    private void WriteApi(Utf8JsonWriter json)
    {
        json.WriteString("accountId", AccountId);
        json.WriteString("apiId", ApiId);
        json.WriteString("domainName", request.Host.Host);
        json.WriteString("domainPrefix", request.Host.Host.Split('.')[0]);
    }

    private string BodyText => IsBase64Encoded ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body);

    // Only these arrive as text; a form, and a body without a type, do not. What becomes of a text that is no UTF-8 is
    // not documented; here it arrives unharmed.
    private bool IsBase64Encoded => body.Length > 0
        && !(Utf8.IsValid(body)
            && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals(MediaTypeNames.Application.Xml, StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("application/javascript", StringComparison.OrdinalIgnoreCase)));

    // In the order of their first appearance, names told apart by their case.
    private static List<KeyValuePair<string, StringValues>> ParseQuery(string query) =>
    [
        .. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .GroupBy(
                part => WebUtility.UrlDecode(part[0]),
                part => WebUtility.UrlDecode(part.ElementAtOrDefault(1)),
                StringComparer.Ordinal)
            .Select(parameter => KeyValuePair.Create(
                parameter.Key, new StringValues([.. parameter.Select(value => value ?? "")]))),
    ];

    private static string Joined(StringValues values) => string.Join(',', values.AsEnumerable());

    private static string First(StringValues values) => values[0]!;

    private static string Last(StringValues values) => values[^1]!;

    private static void WriteObject(
        Utf8JsonWriter json,
        string name,
        IEnumerable<KeyValuePair<string, StringValues>> members,
        Func<StringValues, string> choose)
    {
        json.WriteStartObject(name);
        foreach (var (key, values) in members)
        {
            json.WriteString(key, choose(values));
        }

        json.WriteEndObject();
    }

    private static void WriteLists(
        Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, StringValues>> members)
    {
        json.WriteStartObject(name);
        foreach (var (key, values) in members)
        {
            WriteArray(json, key, values);
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string?> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteNulls(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteNull(name);
        }
    }
}
