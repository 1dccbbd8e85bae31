using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.LambdaHost;
using Footfall.Tests.Api;

namespace Footfall.EndToEndTests.Lambda;

/// <summary>
/// The stand-in for Lambda, checked with what was not written for it: Amazon's own runtime interface client for Node
/// serves through it, Amazon's own schemas accept its events, and they have the fields of AWS's documentation.
/// </summary>
public sealed partial class StandInTests
{
    private static readonly string Peers = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "lambda-peers");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Amazons_runtime_client_serves_through_it()
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);

        using var echo = JsonDocument.Parse(await client.GetStringAsync("/here", Cancellation));

        Assert.True(Guid.TryParse(echo.RootElement.GetProperty("requestId").GetString(), out _));
        Assert.StartsWith("arn:aws:lambda:", echo.RootElement.GetProperty("functionArn").GetString(), StringComparison.Ordinal);
        Assert.InRange(echo.RootElement.GetProperty("remaining").GetInt32(), 1, 3_000);
        Assert.Matches(TraceId(), echo.RootElement.GetProperty("trace").GetString());
    }

    [Fact]
    public async Task An_instance_serves_one_invocation_after_the_other()
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);

        var processes = new HashSet<int>();
        for (var call = 0; call < 5; call++)
        {
            using var echo = JsonDocument.Parse(await client.GetStringAsync("/", Cancellation));
            processes.Add(echo.RootElement.GetProperty("pid").GetInt32());
        }

        Assert.Single(processes);
        Assert.Equal(1, function.ColdStarts);
    }

    [Fact]
    public async Task Invocations_at_once_have_instances_of_their_own_up_to_the_maximum()
    {
        await using var function = Start(settings => settings with { MaxConcurrency = 2, Timeout = TimeSpan.FromSeconds(30) });
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);
        using var released = new CancellationTokenSource();

        var hanging = new[] { client.GetAsync("/hang", released.Token), client.GetAsync("/hang", released.Token) };
        while (function.ColdStarts < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }

        using var throttled = await client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        await released.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(hanging));
    }

    [Theory]
    [InlineData("/throw", "TypeError", "thrown on purpose")]
    [InlineData("/crash", "Runtime.ExitError", "exit status 3")]
    [InlineData("/hang", "Sandbox.Timedout", "timed out after 3.00 seconds")]
    public async Task A_function_that_fails_is_a_500_and_the_next_request_is_served(string path, string type, string message)
    {
        var logs = new ConcurrentQueue<string>();
        await using var function = Start(settings => settings with { Log = logs.Enqueue });
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);

        using var failed = await client.GetAsync(path, Cancellation);
        using var next = await client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal("""{"message":"Internal Server Error"}""", await failed.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(logs, line => line.Contains(type, StringComparison.Ordinal) && line.Contains(message, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(path == "/throw" ? 1 : 2, function.ColdStarts);
    }

    [Fact]
    public async Task The_API_does_not_wait_longer_than_its_own_time()
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(
            function, new HttpApiSettings { IntegrationTimeout = TimeSpan.FromSeconds(1) });
        using var client = Client(api);

        using var answer = await client.GetAsync("/hang", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"message":"Service Unavailable"}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_becomes_a_response_in_payload_2_0()
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);

        using var answer = await client.GetAsync("/answer", Cancellation);
        using var plain = await client.GetAsync("/plain", Cancellation);

        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal(["1"], answer.Headers.GetValues("x-one"));
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal([0, 255], await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/json", plain.Content.Headers.ContentType!.MediaType);
        Assert.Equal("""{"greeting":"hello"}""", await plain.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_becomes_a_response_in_payload_1_0()
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function, new HttpApiSettings { PayloadVersion = PayloadVersion.V1 });
        using var client = Client(api);

        using var answer = await client.GetAsync("/answer", Cancellation);
        using var plain = await client.GetAsync("/plain", Cancellation);

        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal(["1"], answer.Headers.GetValues("x-one"));
        Assert.Equal(["2", "3"], answer.Headers.GetValues("x-two"));
        Assert.Equal(HttpStatusCode.InternalServerError, plain.StatusCode);
    }

    /// <summary>Requests with every part that an event may have, and with none.</summary>
    public static TheoryData<PayloadVersion, bool> Requests => new()
    {
        { PayloadVersion.V2, true },
        { PayloadVersion.V2, false },
        { PayloadVersion.V1, true },
        { PayloadVersion.V1, false },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Amazons_own_schema_accepts_its_events(PayloadVersion version, bool isFull)
    {
        var received = await EventAsync(version, isFull);
        var start = new ProcessStartInfo("node", [Path.Combine(Peers, "check-event.mjs"), version == PayloadVersion.V2 ? "2.0" : "1.0"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(received.GetRawText());
        node.StandardInput.Close();
        var found = await node.StandardOutput.ReadToEndAsync(Cancellation);
        await node.WaitForExitAsync(Cancellation);

        Assert.True(node.ExitCode == 0, found);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Its_events_have_the_fields_that_AWS_documents_and_no_others(PayloadVersion version, bool isFull)
    {
        var received = await EventAsync(version, isFull);
        var documented = version == PayloadVersion.V2 ? EventFields.Version2 : EventFields.Version1;

        Assert.Empty(EventFields.Differences(received, documented));
    }

    [Fact]
    public async Task A_request_arrives_whole()
    {
        var received = await EventAsync(PayloadVersion.V2, isFull: true);

        Assert.Equal("/a path", received.GetProperty("rawPath").GetString());
        Assert.Equal("x=1&x=2&y=%C3%A9", received.GetProperty("rawQueryString").GetString());
        Assert.Equal("1,2", received.GetProperty("queryStringParameters").GetProperty("x").GetString());
        Assert.Equal("é", received.GetProperty("queryStringParameters").GetProperty("y").GetString());
        Assert.Equal(["a=1", "b=2"], received.GetProperty("cookies").EnumerateArray().Select(cookie => cookie.GetString()));
        Assert.Equal("v1,v2", received.GetProperty("headers").GetProperty("x-many").GetString());
        Assert.Equal("""{"é":1}""", received.GetProperty("body").GetString());
        Assert.False(received.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal("127.0.0.1", received.GetProperty("requestContext").GetProperty("http").GetProperty("sourceIp").GetString());
    }

    [Theory]
    [InlineData("text/csv", false)]
    [InlineData("application/json; charset=utf-8", false)]
    [InlineData("application/xml", false)]
    [InlineData("application/javascript", false)]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData("application/octet-stream", true)]
    [InlineData(null, true)]
    public async Task Only_some_types_of_bodies_arrive_as_text(string? type, bool isBase64)
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function);
        using var client = Client(api);
        using var content = new ByteArrayContent("a=b"u8.ToArray());
        if (type is not null)
        {
            content.Headers.Add("Content-Type", type);
        }

        using var answer = await client.PostAsync("/", content, Cancellation);
        using var echo = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var received = echo.RootElement.GetProperty("event");

        Assert.Equal(isBase64, received.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal(isBase64 ? "YT1i" : "a=b", received.GetProperty("body").GetString());
    }

    [GeneratedRegex("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex TraceId();

    private static async Task<JsonElement> EventAsync(PayloadVersion version, bool isFull)
    {
        await using var function = Start();
        await using var api = await HttpApi.StartAsync(function, new HttpApiSettings { PayloadVersion = version });
        var call = isFull
            ? new HttpCall("POST", "/a%20path?x=1&x=2&y=%C3%A9") { Body = Encoding.UTF8.GetBytes("""{"é":1}""") }
                .With("Content-Type", "application/json")
                .With("Cookie", "a=1; b=2")
                .With("X-Many", "v1")
                .With("X-Many", "v2")
                .With("User-Agent", "Firefox")
            : new HttpCall("GET", "/");
        var answer = await new SocketHost(api.BaseAddress).SendAsync(call, Cancellation);
        using var echo = JsonDocument.Parse(answer.Body);
        return echo.RootElement.GetProperty("event").Clone();
    }

    private static LambdaFunction Start(Func<FunctionSettings, FunctionSettings>? change = null)
    {
        Prerequisite.RequireFile(Path.Combine(Peers, "node_modules", "aws-lambda-ric", "dist", "rapid-client.node"));
        var settings = new FunctionSettings
        {
            FileName = "node",
            Arguments = [Path.Combine(Peers, "node_modules", "aws-lambda-ric", "bin", "index.mjs"), "echo.handler"],
            TaskRoot = Peers,
        };
        return new LambdaFunction(change is null ? settings : change(settings));
    }

    private static HttpClient Client(HttpApi api) => new(new SocketsHttpHandler { UseCookies = false })
    {
        BaseAddress = api.BaseAddress,
    };
}
