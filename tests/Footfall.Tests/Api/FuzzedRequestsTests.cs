using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Api;

/// <summary>Requests drawn at random from right and wrong parts: whatever comes, the answer is the contract's.</summary>
public sealed class FuzzedRequestsTests
{
    private const int Requests = 5_000;

    private static readonly string[] Methods =
        ["GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "", "G\u00E9T", "\0"];

    private static readonly string[] Paths =
    [
        "/api/visits", "/api/visits", "/api/visits/daily", "/api/badge.svg", "/api/hit.svg", "/", "/api/health",
        "/api/openapi.json", "/api/", "", "*", "/%", "/api/visits\0", "/\uD800", "//", new string('/', 10_000),
    ];

    private static readonly string[] QueryParts =
    [
        "counter=", "counter=readme", "counter=/", "&", "=", "label=", "label=%3Cb%3E", "from=", "to=",
        "2026-11-22", "2026-11-31", "0001-01-01", "9999-12-31", "%", "%00", "%FF", "+", "#", "?", "\u202E", "\uDFFF", "\r\n",
        new string('a', 10_000),
    ];

    private static readonly string[] BodyParts =
    [
        "{", "}", "\"counter\"", ":", "\"readme\"", "\"/\"", ",", "\"webdriver\"", "true", "[", "]", "\\", "\"", "\0", "\u00E9",
        "\uD800", "{\"counter\":\"readme\"}", new string(' ', 1_025),
    ];

    private static readonly string[] Names =
    [
        "Origin", "Origin", "Host", "Content-Type", "Content-Type", "User-Agent", "Sec-GPC", "DNT", "Sec-Purpose", "Purpose",
        "X-Moz",
    ];

    private static readonly string[] Values =
    [
        "", "null", "https://example.com", "https://evil.test", "application/json", "APPLICATION/JSON;", ";", "1", "0",
        "prefetch", "prefetch;prerender", Browsers.Firefox, "Googlebot/2.1", "\r\nX-Injected: 1", "\0", "\uD800",
        new string('x', 10_000), "::1", "example.com",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_request_gets_an_answer_of_the_contract(int seed)
    {
        var random = new Random(seed);
        var api = InProcessHost.Api(new MemoryVisitStore(), TimeProvider.System);
        var statuses = new SortedSet<int>();
        for (var i = 0; i < Requests; i++)
        {
            var call = Draw(random);
            var host = new InProcessHost(api) { Client = new IPAddress(random.NextInt64(1L << 32)) };
            var answer = await host.SendAsync(call, TestContext.Current.CancellationToken);
            _ = statuses.Add(answer.Status);
            AssertIsOfTheContract(call, answer);
        }

        // The draw would be worth little if it did not reach all of them.
        Assert.Equal([200, 204, 400, 403, 404, 405, 413, 415], statuses);
    }

    private static HttpCall Draw(Random random)
    {
        var call = new HttpCall(Pick(random, Methods), $"{Pick(random, Paths)}?{Join(random, QueryParts)}")
        {
            Body = random.Next(3) == 0 ? default : Encoding.UTF8.GetBytes(Join(random, BodyParts)),
        };
        for (var i = random.Next(4); i > 0; i--)
        {
            call = call.With(Pick(random, Names), Pick(random, Values));
        }

        return random.Next(2) == 0 ? call : call.With("Content-Type", "application/json");
    }

    private static void AssertIsOfTheContract(HttpCall call, HttpAnswer answer)
    {
        var headers = answer.Headers
            .ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        Assert.All(headers, header => Assert.DoesNotContain(header.Key + header.Value, char.IsControl));
        Assert.False(headers.ContainsKey("X-Injected"));
        Assert.Equal(answer.Status == 405, headers.ContainsKey("Allow") && answer.Status != 204);
        if (answer.Body.IsEmpty)
        {
            Assert.True(call.Method == "HEAD" || answer.Status == 204);
            return;
        }

        switch (headers["Content-Type"])
        {
            case "application/json":
                Assert.Equal(200, answer.Status);
                _ = JsonDocument.Parse(answer.Body);
                break;
            case "application/problem+json":
                var status = JsonDocument.Parse(answer.Body).RootElement.GetProperty("status").GetInt32();
                Assert.Equal(answer.Status, status);
                break;
            default:
                Assert.Equal("image/svg+xml; charset=utf-8", headers["Content-Type"]);
                _ = XDocument.Parse(Encoding.UTF8.GetString(answer.Body.Span));
                break;
        }
    }

    private static string Pick(Random random, string[] parts) => parts[random.Next(parts.Length)];

    private static string Join(Random random, string[] parts) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pick(random, parts)));
}
