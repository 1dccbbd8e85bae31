using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.Api;
using Footfall.Lambda;

namespace Footfall.Tests.Lambda;

public sealed class HttpApiEventTests
{
    private const string Secret = "a-secret-of-the-edge";

    [Fact]
    public void Payload_2_0_becomes_the_request_that_was_sent()
    {
        var request = Read(Version2(e =>
        {
            e["rawPath"] = "/api/visits/daily";
            e["rawQueryString"] = "counter=%2Fa%20b&from=2026-11-01";
            e["headers"]!["user-agent"] = "Firefox";
            e["body"] = """{"counter":"é"}""";
        }));

        Assert.Equal("POST", request.Method);
        Assert.Equal("/api/visits/daily", request.Path);
        Assert.Equal("counter=%2Fa%20b&from=2026-11-01", request.Query);
        Assert.Equal("Firefox", request.Header("User-Agent"));
        Assert.Equal("""{"counter":"é"}""", Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), request.ClientAddress);
    }

    [Fact]
    public void Payload_1_0_becomes_the_request_that_was_sent()
    {
        var request = Read(Version1(e =>
        {
            e["multiValueHeaders"] = new JsonObject { ["User-Agent"] = new JsonArray("Firefox"), ["DNT"] = new JsonArray("0", "1") };
            e["multiValueQueryStringParameters"] = new JsonObject { ["counter"] = new JsonArray("/a b&c"), ["x"] = new JsonArray("1", "2") };
        }));

        Assert.Equal("GET", request.Method);
        Assert.Equal("/api/visits", request.Path);
        Assert.Equal("counter=%2Fa%20b%26c&x=1&x=2", request.Query);
        Assert.Equal("Firefox", request.Header("user-agent"));
        Assert.Equal("0, 1", request.Header("dnt"));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), request.ClientAddress);
    }

    [Fact]
    public void What_may_be_absent_may_be_absent()
    {
        var request = Read(Version2(e =>
        {
            e.AsObject().Remove("headers");
            e.AsObject().Remove("rawQueryString");
        }));

        Assert.Equal("", request.Query);
        Assert.Null(request.Header("User-Agent"));
        Assert.True(request.Body.IsEmpty);
        Assert.Equal("", Read(Version1(_ => { })).Query);
    }

    [Fact]
    public void A_body_in_Base64_is_its_bytes()
    {
        var request = Read(Version2(e =>
        {
            e["body"] = Convert.ToBase64String([0, 255, 13, 10]);
            e["isBase64Encoded"] = true;
        }));

        Assert.Equal([0, 255, 13, 10], request.Body.ToArray());
    }

    /// <summary>With the secret or without, what CloudFront names as the viewer, and whom that makes the client.</summary>
    public static TheoryData<string?, string?, string> Viewers => new()
    {
        { Secret, "198.51.100.7:44321", "198.51.100.7" },
        { Secret, "2001:db8::7:44321", "2001:db8::7" },
        { Secret, "[2001:db8::7]:44321", "2001:db8::7" },
        { null, "198.51.100.7:44321", "192.0.2.1" },
        { "another-secret-than-it", "198.51.100.7:44321", "192.0.2.1" },
        { Secret + ", " + Secret, "198.51.100.7:44321", "192.0.2.1" },
        { Secret, null, "192.0.2.1" },
        { Secret, "nobody", "192.0.2.1" },
        { Secret, "", "192.0.2.1" },
    };

    [Theory]
    [MemberData(nameof(Viewers))]
    public void Only_who_knows_the_edge_secret_may_name_the_client(string? secret, string? viewer, string client)
    {
        var request = Read(Version2(e =>
        {
            Set(e["headers"]!, "x-footfall-edge", secret);
            Set(e["headers"]!, "cloudfront-viewer-address", viewer);
        }));

        Assert.Equal(IPAddress.Parse(client), request.ClientAddress);
    }

    [Theory]
    [InlineData("a-secret-of-somebody-else", 1)]
    [InlineData(null, 1)]
    [InlineData(Secret, 0)]
    public void A_viewer_whose_address_comes_without_a_known_secret_is_noticed(string? secret, long unverified)
    {
        var events = new HttpApiEvent(["the-secret-of-before", Secret]);
        _ = events.Read(Version2(e =>
        {
            Set(e["headers"]!, "x-footfall-edge", secret);
            Set(e["headers"]!, "cloudfront-viewer-address", "198.51.100.7:1");
        }));

        Assert.Equal(unverified, events.UnverifiedViewers);
    }

    [Fact]
    public void Without_an_edge_in_front_nobody_may()
    {
        var request = new HttpApiEvent([]).Read(Version2(e =>
        {
            e["headers"]!["x-footfall-edge"] = "";
            e["headers"]!["cloudfront-viewer-address"] = "198.51.100.7:1";
        }));

        Assert.Equal(IPAddress.Parse("192.0.2.1"), request.ClientAddress);
    }

    public static TheoryData<string, string> NoRequests => new()
    {
        { "", "no JSON" },
        { "{", "no JSON" },
        { "[]", "Array" },
        { "\"hello\"", "String" },
        { "{}", "version" },
        { """{"version":"0","source":"aws.events"}""", "version" },
        { """{"version":2}""", "version is no text" },
        { """{"version":"2.0"}""", "no object requestContext" },
        { """{"version":"2.0","requestContext":[]}""", "no object requestContext" },
        { """{"version":"2.0","rawPath":"/","requestContext":{"http":{"method":"GET","sourceIp":"here"}}}""", "sourceIp" },
        { """{"version":"2.0","requestContext":{"http":{"method":"GET","sourceIp":"192.0.2.1"}}}""", "no rawPath" },
        { """{"version":"2.0","rawPath":"/","headers":[],"requestContext":{"http":{"method":"GET","sourceIp":"192.0.2.1"}}}""", "headers is no object" },
        { """{"version":"2.0","rawPath":"/","body":"%","isBase64Encoded":true,"requestContext":{"http":{"method":"GET","sourceIp":"192.0.2.1"}}}""", "Base64" },
        { """{"version":"1.0","httpMethod":"GET","requestContext":{}}""", "no object identity" },
        { """{"Records":[{"eventSource":"aws:sqs"}]}""", "version" },
    };

    [Theory]
    [MemberData(nameof(NoRequests))]
    public void What_is_no_request_is_refused_with_what_was_found_and_what_is_expected(string payload, string found)
    {
        var refused = Assert.Throws<InvalidEventException>(() => Read(Encoding.UTF8.GetBytes(payload)));

        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Expected: an event of an API Gateway HTTP API", refused.Message, StringComparison.Ordinal);
    }

    private static ApiRequest Read(ReadOnlyMemory<byte> payload) => new HttpApiEvent([Secret]).Read(payload);

    private static void Set(JsonNode headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }

    private static byte[] Version2(Action<JsonNode> change) => Changed(
        """
        {"version":"2.0","routeKey":"$default","rawPath":"/api/visits","rawQueryString":"","headers":{"host":"example.com"},
        "requestContext":{"http":{"method":"POST","path":"/api/visits","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"}},
        "isBase64Encoded":false}
        """,
        change);

    private static byte[] Version1(Action<JsonNode> change) => Changed(
        """
        {"version":"1.0","resource":"$default","path":"/api/visits","httpMethod":"GET","headers":{"Host":"example.com"},
        "multiValueHeaders":null,"queryStringParameters":null,"multiValueQueryStringParameters":null,
        "requestContext":{"identity":{"sourceIp":"192.0.2.1"}},"body":null,"isBase64Encoded":false}
        """,
        change);

    private static byte[] Changed(string payload, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(payload)!;
        change(node);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }
}
