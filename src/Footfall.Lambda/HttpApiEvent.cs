using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Footfall.Api;

namespace Footfall.Lambda;

/// <summary>
/// Reads the event that an HTTP API makes of a request (AWS, "Create AWS Lambda proxy integrations for HTTP APIs").
/// </summary>
/// <param name="edgeSecrets">
/// What CloudFront may add as <c>x-footfall-edge</c>, now, before and after a change of the secret; none when it is not
/// in front.
/// </param>
public sealed class HttpApiEvent(IReadOnlyList<string> edgeSecrets)
{
    private const string EdgeSecretHeader = "x-footfall-edge";
    private const string ViewerAddressHeader = "CloudFront-Viewer-Address";

    private readonly byte[][] edgeSecrets = [.. edgeSecrets.Select(Encoding.UTF8.GetBytes)];

    /// <summary>
    /// How many requests so far came by way of CloudFront, as they say, without a secret that is known here: their
    /// viewers are not told apart.
    /// </summary>
    public long UnverifiedViewers { get; private set; }

    /// <summary>Whether CloudFront sent it, which the secret proves and nothing else.</summary>
    public bool IsByEdge(ApiRequest request) =>
        request.Header(EdgeSecretHeader) is { } secret && IsKnown(Encoding.UTF8.GetBytes(secret));

    /// <exception cref="InvalidEventException">The event is no HTTP request.</exception>
    public ApiRequest Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new InvalidEventException($"it is no JSON ({malformed.Message})");
        }
    }

    private ApiRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidEventException($"it is a JSON {root.ValueKind}");
        }

        // Payload 1.0 is also what a REST API sends, without a version.
        return OptionalText(root, "version") switch
        {
            "2.0" => ReadV2(root),
            "1.0" or null when root.TryGetProperty("httpMethod", out _) => ReadV1(root),
            _ => throw new InvalidEventException("its version is neither 2.0 nor 1.0, or it has no httpMethod"),
        };
    }

    private ApiRequest ReadV2(JsonElement root)
    {
        var http = Member(Member(root, "requestContext"), "http");
        var headers = Headers(root);
        return new ApiRequest
        {
            Method = Text(http, "method"),
            Path = Text(root, "rawPath"),
            Query = OptionalText(root, "rawQueryString") ?? "",
            Header = headers.GetValueOrDefault,
            Body = Body(root),
            ClientAddress = ClientAddress(headers, Text(http, "sourceIp")),
        };
    }

    private ApiRequest ReadV1(JsonElement root)
    {
        var identity = Member(Member(root, "requestContext"), "identity");
        var headers = Headers(root);
        return new ApiRequest
        {
            Method = Text(root, "httpMethod"),
            Path = Text(root, "path"),
            Query = QueryV1(root),
            Header = headers.GetValueOrDefault,
            Body = Body(root),
            ClientAddress = ClientAddress(headers, Text(identity, "sourceIp")),
        };
    }

    private static Dictionary<string, string> Headers(JsonElement root)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in Members(root, "headers"))
        {
            headers[header.Name] = TextOf(header.Value, header.Name);
        }

        foreach (var header in Members(root, "multiValueHeaders"))
        {
            headers[header.Name] = string.Join(", ", Items(header));
        }

        return headers;
    }

    // Payload 1.0 has the query only in parts, and decoded.
    private static string QueryV1(JsonElement root)
    {
        var query = new StringBuilder();
        foreach (var parameter in Members(root, "multiValueQueryStringParameters"))
        {
            foreach (var value in Items(parameter))
            {
                query.Append(query.Length == 0 ? "" : "&")
                    .Append(Uri.EscapeDataString(parameter.Name)).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }

    private static byte[] Body(JsonElement root)
    {
        if (OptionalText(root, "body") is not { } body)
        {
            return [];
        }

        try
        {
            return root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True
                ? Convert.FromBase64String(body)
                : Encoding.UTF8.GetBytes(body);
        }
        catch (FormatException)
        {
            throw new InvalidEventException("isBase64Encoded is true, and body is no Base64");
        }
    }

    // Whoever calls the API directly can send any header but the secret one, so cannot choose an address.
    private IPAddress ClientAddress(Dictionary<string, string> headers, string sourceIp)
    {
        if (edgeSecrets.Length > 0
            && headers.TryGetValue(ViewerAddressHeader, out var viewer)
            && TryParseViewer(viewer, out var address))
        {
            if (headers.TryGetValue(EdgeSecretHeader, out var secret) && IsKnown(Encoding.UTF8.GetBytes(secret)))
            {
                return address;
            }

            UnverifiedViewers++;
        }

        return IPAddress.TryParse(sourceIp, out var source)
            ? source
            : throw new InvalidEventException("sourceIp is no address");
    }

    private bool IsKnown(byte[] secret)
    {
        var isKnown = false;
        foreach (var known in edgeSecrets)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(secret, known);
        }

        return isKnown;
    }

    /// <summary>An address and a port, <c>198.51.100.7:443</c>; an IPv6 address comes with or without brackets.</summary>
    private static bool TryParseViewer(string viewer, out IPAddress address)
    {
        var colon = viewer.LastIndexOf(':');
        var host = viewer.AsSpan(..Math.Max(colon, 0));
        return IPAddress.TryParse(host is ['[', .. var inner, ']'] ? inner : host, out address!);
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object
            ? member
            : throw new InvalidEventException($"it has no object {name}");

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var members) || members.ValueKind == JsonValueKind.Null ? default
        : members.ValueKind == JsonValueKind.Object ? members.EnumerateObject()
        : throw new InvalidEventException($"{name} is no object");

    private static IEnumerable<string> Items(JsonProperty list) =>
        list.Value.ValueKind == JsonValueKind.Array
            ? list.Value.EnumerateArray().Select(item => TextOf(item, list.Name))
            : throw new InvalidEventException($"{list.Name} is no list");

    private static string Text(JsonElement parent, string name) =>
        OptionalText(parent, name) ?? throw new InvalidEventException($"it has no {name}");

    private static string? OptionalText(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? TextOf(value, name) : null;

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new InvalidEventException($"{name} is no text");
}
