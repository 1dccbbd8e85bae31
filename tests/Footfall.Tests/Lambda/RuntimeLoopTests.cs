using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Lambda;
using Footfall.Lambda.Reports;
using Footfall.Lambda.Runtime;
using Footfall.Tests.Hosts;
using Footfall.Tests.Reporting;

namespace Footfall.Tests.Lambda;

/// <summary>The loop against a Runtime API that says what a test wants it to say.</summary>
public sealed class RuntimeLoopTests
{
    private const string Accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    private const string Post =
        """{"version":"2.0","rawPath":"/api/visits","headers":{"user-agent":"Mozilla/5.0 (X11) Firefox/140.0","host":"h"},"requestContext":{"http":{"method":"POST","sourceIp":"192.0.2.1"}}}""";

    [Fact]
    public async Task Each_event_is_answered_under_its_request_id()
    {
        var (sent, _) = await RunAsync(new MemoryVisitStore(), Event("one", Post), Accepted, Event("two", Post), Accepted);

        Assert.Contains("POST /2018-06-01/runtime/invocation/one/response", sent, StringComparison.Ordinal);
        Assert.Contains("\\\"outcome\\\":\\\"visit\\\"", sent, StringComparison.Ordinal);
        Assert.Contains("POST /2018-06-01/runtime/invocation/two/response", sent, StringComparison.Ordinal);
        Assert.Contains("\\\"outcome\\\":\\\"repeat\\\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_exception_answers_its_invocation_and_the_next_one_is_served()
    {
        var store = new BrokenStore(new InvalidCastException("Nobody foresaw this."));

        var (sent, log) = await RunAsync(store, Event("one", Post), Accepted, Event("two", Post), Accepted);

        Assert.Contains("POST /2018-06-01/runtime/invocation/one/error", sent, StringComparison.Ordinal);
        Assert.Contains("Lambda-Runtime-Function-Error-Type: Function.InvalidCastException", sent, StringComparison.Ordinal);
        Assert.Contains("""{"errorType":"Function.InvalidCastException","errorMessage":"Nobody foresaw this.","stackTrace":[]}""", sent, StringComparison.Ordinal);
        Assert.Contains("POST /2018-06-01/runtime/invocation/two/error", sent, StringComparison.Ordinal);
        Assert.Equal(2, log.Count);
        Assert.Equal("ERROR", (string?)log[0]["level"]);
        Assert.Equal("one", (string?)log[0]["requestId"]);
    }

    [Fact]
    public async Task A_viewer_without_the_secret_is_a_warning_and_a_metric_with_an_alarm()
    {
        var viewer = Post.Replace(
            "\"host\":\"h\"", "\"cloudfront-viewer-address\":\"198.51.100.7:1\"", StringComparison.Ordinal);

        var (_, log) = await RunAsync(new MemoryVisitStore(), Event("one", viewer), Accepted);

        Assert.Equal("WARN", (string?)log[0]["level"]);
        Assert.Contains("unverifiedViewers", MetricsOf(log[0]));
        Assert.DoesNotContain("198.51.100.7", log[0].ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(
            "metric = \"unverifiedViewers\"",
            await File.ReadAllTextAsync(Repository.File("infra", "monitoring.tf"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-secret-of-the-edge", 200, true)]
    [InlineData("a-secret-of-somebody-else", 403, false)]
    [InlineData(null, 403, false)]
    public async Task A_refusal_passes_CloudFronts_error_page_in_disguise_and_nobody_else_sees_it(
        string? secret, int status, bool isDisguised)
    {
        var foreign = JsonNode.Parse(Post)!;
        foreign["headers"]!["origin"] = "https://elsewhere.example";
        foreign["headers"]!["x-footfall-refused"] = "403";
        foreign["headers"]!["x-footfall-edge"] = secret;
        var refusal = foreign.ToJsonString().Replace(",\"x-footfall-edge\":null", "", StringComparison.Ordinal);

        var (sent, log) = await RunAsync(new MemoryVisitStore(), Event("one", refusal), Accepted);

        var answer = JsonNode.Parse(AnswerIn(sent))!;
        Assert.Equal(status, (int?)answer["statusCode"]);
        Assert.Equal(isDisguised ? "403" : null, (string?)answer["headers"]!["x-footfall-refused"]);
        Assert.Equal(("application/problem+json", "no-store"), ((string?)answer["headers"]!["Content-Type"], (string?)answer["headers"]!["Cache-Control"]));
        Assert.Equal(403, (int?)JsonNode.Parse((string)answer["body"]!)!["status"]);
        Assert.Equal(403, (int?)log.Single()["status"]);
    }

    [Fact]
    public async Task Whatever_else_CloudFront_asks_for_is_answered_as_it_is()
    {
        var viewer = Post.Replace("\"host\":\"h\"", "\"x-footfall-edge\":\"a-secret-of-the-edge\"", StringComparison.Ordinal);
        var nothing = viewer.Replace("/api/visits", "/api/none", StringComparison.Ordinal);

        var (visit, _) = await RunAsync(new MemoryVisitStore(), Event("one", viewer), Accepted);
        var (missing, _) = await RunAsync(new MemoryVisitStore(), Event("one", nothing), Accepted);

        Assert.Contains("\"statusCode\":200", visit, StringComparison.Ordinal);
        Assert.Contains("\"statusCode\":404", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("x-footfall-refused", visit + missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_of_counters_without_room_is_a_warning_that_names_it()
    {
        var store = new MemoryVisitStore();
        for (var page = 0; page < CounterKeys.FamilyCeiling; page++)
        {
            await store.AdmitAsync("/blog/*", $"/blog/{page}", CounterKeys.FamilyCeiling, TestContext.Current.CancellationToken);
        }

        var more = Post.Replace(
            "\"headers\"", "\"body\":\"{\\\"counter\\\":\\\"/blog/more\\\"}\",\"headers\"", StringComparison.Ordinal)
            .Replace("\"host\":\"h\"", "\"host\":\"h\",\"content-type\":\"text/plain\"", StringComparison.Ordinal);

        var (sent, log) = await RunAsync(store, Event("one", more), Accepted);

        Assert.Contains("\"statusCode\":404", sent, StringComparison.Ordinal);
        Assert.Equal("WARN", (string?)log[0]["level"]);
        Assert.Equal("/blog/*", (string?)log[0]["full"]);
        Assert.DoesNotContain("/blog/more", log[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_is_no_request_is_an_error_and_not_the_end()
    {
        var (sent, _) = await RunAsync(new MemoryVisitStore(), Event("one", "{}"), Accepted, Event("two", Post), Accepted);

        Assert.Contains("/invocation/one/error", sent, StringComparison.Ordinal);
        Assert.Contains("Function.InvalidEventException", sent, StringComparison.Ordinal);
        Assert.Contains("/invocation/two/response", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_is_up_the_answer_has_the_headers_of_every_other_and_the_log_says_why()
    {
        const string Allowed = "https://blog.example";
        var post = Post.Replace("\"host\":\"h\"", $"\"host\":\"h\",\"origin\":\"{Allowed}\"", StringComparison.Ordinal);
        var silent = Event("one", post, DateTimeOffset.UtcNow.AddMilliseconds(200));
        var failing = new BrokenStore(new StoreUnavailableException("The disk is gone."));

        var (late, log) = await RunAsync(new BrokenStore(null), [Allowed], silent, Accepted);
        var (refused, _) = await RunAsync(failing, [Allowed], Event("one", post), Accepted);

        Assert.Contains("\"statusCode\":503", late, StringComparison.Ordinal);
        Assert.Contains($"\"Access-Control-Allow-Origin\":\"{Allowed}\"", late, StringComparison.Ordinal);
        Assert.Equal(AnswerIn(refused), AnswerIn(late));
        Assert.Equal("WARN", (string?)log.Single()["level"]);
        Assert.Equal("The time to answer was over before the store had answered.", (string?)log.Single()["fault"]);
    }

    private static string AnswerIn(string sent) => sent[sent.IndexOf("{\"statusCode\"", StringComparison.Ordinal)..(sent.LastIndexOf('}') + 1)];

    [Fact]
    public async Task The_trace_is_handed_on_in_the_environment()
    {
        await RunAsync(new MemoryVisitStore(), Event("one", Post), Accepted);

        Assert.Equal("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700", Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
    }

    [Fact]
    public async Task The_log_has_a_line_an_invocation_that_CloudWatch_reads_as_metrics()
    {
        var (_, log) = await RunAsync(new MemoryVisitStore(), Event("one", Post), Accepted, Event("two", Post), Accepted);

        Assert.Equal(2, log.Count);
        Assert.Equal(("one", 200, "visit"), Essence(log[0]));
        Assert.Equal(("two", 200, "repeat"), Essence(log[1]));
        Assert.Equal(["duration", "visit", "coldStart"], MetricsOf(log[0]));
        Assert.Equal(["duration", "repeat"], MetricsOf(log[1]));
        Assert.All(log, line => Assert.All(MetricsOf(line), name => Assert.NotNull(line[name])));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_logged_with_its_reason()
    {
        var store = new BrokenStore(new StoreUnavailableException("DynamoDB refused a request: no permission"));

        var (sent, log) = await RunAsync(store, Event("one", Post), Accepted);

        Assert.Contains("\"statusCode\":503", sent, StringComparison.Ordinal);
        Assert.Equal("WARN", (string?)log.Single()["level"]);
        Assert.Equal("DynamoDB refused a request: no permission", (string?)log.Single()["fault"]);
    }

    [Fact]
    public async Task A_runtime_api_that_refuses_ends_the_process()
    {
        using var runtime = Runtime(new ScriptedServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}"));

        var error = await Assert.ThrowsAsync<IOException>(() => runtime.NextAsync(TestContext.Current.CancellationToken));

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    private static (string?, int, string?) Essence(JsonNode line) =>
        ((string?)line["requestId"], (int)line["status"]!, (string?)line["outcome"]);

    private static IEnumerable<string> MetricsOf(JsonNode line)
    {
        var directive = line["_aws"]!["CloudWatchMetrics"]![0]!;
        Assert.Equal("Footfall", (string?)directive["Namespace"]);
        Assert.Equal("[[\"functionName\"]]", directive["Dimensions"]!.ToJsonString());
        Assert.NotNull(line["functionName"]);
        return directive["Metrics"]!.AsArray().Select(metric => (string)metric!["Name"]!);
    }

    [Fact]
    public async Task The_schedules_event_is_told_of_once_and_counts_nothing()
    {
        const string Weekly = """{"footfall":"report","period":"week"}""";
        var store = new MemoryVisitStore();
        await new CountedDays(store, store).VisitAsync(
            await DayThatLasts.WednesdayOfLastWeekAsync(TestContext.Current.CancellationToken), 2);
        var published = new List<(string Subject, string Text)>();

        var (sent, log) = await RunAsync(
            store, [], (subject, text, _) =>
            {
                published.Add((subject, text));
                return Task.CompletedTask;
            },
            [Event("one", Weekly), Accepted, Event("two", Weekly), Accepted]);

        var (subject, text) = Assert.Single(published);
        Assert.Matches("^Footfall: 2 visits from [0-9]+ [A-Z][a-z]+ [0-9]{4} to [0-9]+ [A-Z][a-z]+ [0-9]{4}$", subject);
        Assert.InRange(subject.Length, 1, 99);
        Assert.Contains("  /: 2 visits by 2 visitors", text, StringComparison.Ordinal);
        Assert.Contains("/invocation/one/response", sent, StringComparison.Ordinal);
        Assert.Contains("/invocation/two/response", sent, StringComparison.Ordinal);
        Assert.All(log, line => Assert.Equal(("INFO", "told", null), ((string?)line["level"], (string?)line["report"], line["_aws"])));
        Assert.Equal(2, (await store.ReadTotalAsync("/", TestContext.Current.CancellationToken)).Requests);
    }

    [Fact]
    public async Task A_report_that_SNS_did_not_take_fails_its_invocation_and_is_told_by_the_next_as_what_may_be_a_repetition()
    {
        const string Daily = """{"footfall":"report","period":"day"}""";
        var store = new MemoryVisitStore();
        var today = await DayThatLasts.BeginAsync(TestContext.Current.CancellationToken);
        await new CountedDays(store, store).VisitAsync(today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var published = new List<string>();

        var (sent, log) = await RunAsync(
            store, [], (_, text, _) =>
            {
                published.Add(text);
                return published.Count == 1 ? throw new IOException("SNS answers 500") : Task.CompletedTask;
            },
            [Event("one", Daily), Accepted, Event("two", Daily), Accepted]);

        Assert.Contains("/invocation/one/error", sent, StringComparison.Ordinal);
        Assert.Contains("/invocation/two/response", sent, StringComparison.Ordinal);
        Assert.Equal("SNS answers 500", (string?)log[0]["errorMessage"]);
        Assert.Equal([false, true], published.Select(text => text.Contains("This may be a repetition", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"footfall":"report","period":"fortnight"}""")]
    [InlineData("""{"footfall":"report"}""")]
    [InlineData("""{"footfall":7,"period":"week"}""")]
    [InlineData("""["footfall"]""")]
    [InlineData("""{"version":"2.0","footfall":"report","period":"week"}""")]
    public async Task Whatever_else_is_no_request_is_an_error(string payload)
    {
        var (sent, _) = await RunAsync(new MemoryVisitStore(), Event("one", payload), Accepted);

        Assert.Contains("/invocation/one/error", sent, StringComparison.Ordinal);
        Assert.Contains("Function.InvalidEventException", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("rawQueryString")]
    [InlineData("rawPath")]
    public async Task Who_calls_the_HTTP_API_cannot_ask_for_a_report(string member)
    {
        var request = JsonNode.Parse(Post)!;
        request[member] = """{"footfall":"report","period":"week"}""";

        var (sent, log) = await RunAsync(new MemoryVisitStore(), Event("one", request.ToJsonString()), Accepted);

        Assert.Contains("/invocation/one/response", sent, StringComparison.Ordinal);
        Assert.Null(log.Single()["report"]);
    }

    private static string Event(string requestId, string payload, DateTimeOffset? deadline = null)
    {
        var milliseconds = (deadline ?? DateTimeOffset.UtcNow.AddMinutes(1)).ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: {requestId}\r\nLambda-Runtime-Deadline-Ms: {milliseconds}\r\nLambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700\r\nContent-Length: {payload.Length}\r\n\r\n{payload}");
    }

    private static RuntimeApi Runtime(ScriptedServer server)
    {
        var servers = new Queue<Stream>([server]);
        return new RuntimeApi(
            "runtime",
            _ => servers.TryDequeue(out var next) ? Task.FromResult(next) : throw new EndOfStreamException("The script is over."));
    }

    /// <summary>Runs the loop until the script is over.</summary>
    private static Task<(string Sent, List<JsonNode> Log)> RunAsync(IVisitStore store, params string[] script) =>
        RunAsync(store, [], script);

    private static Task<(string Sent, List<JsonNode> Log)> RunAsync(IVisitStore store, string[] origins, params string[] script) =>
        RunAsync(store, origins, publish: null, script);

    private static async Task<(string Sent, List<JsonNode> Log)> RunAsync(
        IVisitStore store, string[] origins, Func<string, string, CancellationToken, Task>? publish, string[] script)
    {
        var server = new ScriptedServer(script);
        using var runtime = Runtime(server);
        using var output = new MemoryStream();
        var clock = TimeProvider.System;
        var api = new VisitsApi(
            new VisitCounter(store, new VisitRules(), clock, RandomNumberGenerator.Create()),
            store,
            new OwnerSide(new MemoryVisitStore()),
            new CounterKeys(["/blog/*"]),
            new AllowedOrigins(origins),
            clock);
        var log = new InvocationLog(output, "footfall", clock);
        var links = store as MemoryVisitStore ?? new MemoryVisitStore();
        var reports = new ScheduledReports(
            store, links, links, _ => Task.FromResult<IReadOnlyList<string>>(["/"]), publish ?? ((_, _, _) => throw new InvalidOperationException("nobody asked")), clock);
        var loop = new RuntimeLoop(runtime, new HttpApiEvent(["a-secret-of-the-edge"]), api, reports, log, () => 0, clock);

        await Assert.ThrowsAsync<EndOfStreamException>(() => loop.RunAsync(TestContext.Current.CancellationToken));

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (server.Sent, [.. lines.Select(line => JsonNode.Parse(line)!)]);
    }

    /// <summary>Fails as it is told, or, told nothing, does not come to an end before it is cancelled.</summary>
    private sealed class BrokenStore(Exception? failure) : IVisitStore
    {
        public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken) =>
            FailAsync<Salt>(cancellationToken);

        public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) =>
            FailAsync<Salt?>(cancellationToken);

        public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
            FailAsync<Receipt>(cancellationToken);

        public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) =>
            FailAsync<Receipt>(cancellationToken);

        public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) =>
            FailAsync<Tally>(cancellationToken);

        public Task<DailyTallies> ReadDailyAsync(
            string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
            FailAsync<DailyTallies>(cancellationToken);

        public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
            FailAsync<bool>(cancellationToken);

        public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
            FailAsync<IReadOnlyList<string>>(cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => FailAsync<bool>(cancellationToken);

        private async Task<T> FailAsync<T>(CancellationToken cancellationToken)
        {
            if (failure is not null)
            {
                throw failure;
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default!;
        }
    }
}
