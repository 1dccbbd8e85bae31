using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.DynamoDb;
using Footfall.LambdaHost;
using Footfall.Tests.Api;

namespace Footfall.EndToEndTests.Lambda;

/// <summary>What the native binary does on Lambda beside answering the contract.</summary>
public sealed class FunctionTests(NativeFunction native, DynamoDbLocal database)
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Secret = "a-secret-of-the-edge";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("FOOTFALL_TABLE", "", "FOOTFALL_TABLE is not set. Expected: the name of the DynamoDB table")]
    [InlineData("FOOTFALL_SHARDS", "1000", "FOOTFALL_SHARDS is '1000'. Expected: a whole number, 1 to 256")]
    [InlineData("FOOTFALL_ORIGINS", "*", "FOOTFALL_ORIGINS is wrong: '*' is no origin.")]
    public async Task A_wrong_setting_is_reported_as_the_error_of_the_start(string name, string value, string said)
    {
        await using var host = await FunctionHost.StartAsync(
            native, new Uri("http://127.0.0.1:1"), "visits", settings: null, (name, value));

        var result = await host.Function.InvokeAsync("{}"u8.ToArray());

        Assert.Equal(InvocationStatus.Failed, result.Status);
        Assert.Equal("Function.InvalidSettingException", ErrorOf(result)["errorType"]!.GetValue<string>());
        Assert.StartsWith(said, ErrorOf(result)["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(500, (await host.SendAsync(new HttpCall("GET", "/api/visits"), Cancellation)).Status);
    }

    [Fact]
    public async Task An_event_that_is_no_request_gets_an_error_and_the_instance_serves_on()
    {
        await using var host = await StartAsync();

        var result = await host.Function.InvokeAsync("""{"source":"aws.events"}"""u8.ToArray());
        var answer = await VisitAsync(host);

        Assert.Equal(InvocationStatus.Failed, result.Status);
        Assert.Equal("Function.InvalidEventException", ErrorOf(result)["errorType"]!.GetValue<string>());
        Assert.Equal("visit", OutcomeOf(answer));
        Assert.Equal(1, host.Function.ColdStarts);
    }

    [Fact]
    public async Task A_body_that_the_API_hands_over_in_Base64_is_read()
    {
        await using var host = await StartAsync();
        // Without a type the API takes a body for binary.
        var call = new HttpCall("POST", "/api/visits") { Body = "{}"u8.ToArray() };

        var answer = await host.SendAsync(call.With("User-Agent", Firefox), Cancellation);

        Assert.Equal(415, answer.Status);
    }

    [Fact]
    public async Task The_viewer_that_CloudFront_names_counts_only_with_the_edge_secret()
    {
        const string Before = "the-secret-of-before";
        await using var host = await StartAsync(("FOOTFALL_EDGE_SECRET", $"{Before},{Secret}"));

        Assert.Equal("visit", OutcomeOf(await VisitAsync(host, viewer: "198.51.100.1:1000", secret: Secret)));
        Assert.Equal("repeat", OutcomeOf(await VisitAsync(host, viewer: "198.51.100.1:1000", secret: Before)));
        Assert.Equal("repeat", OutcomeOf(await VisitAsync(host, viewer: "198.51.100.1:1001", secret: Secret)));
        Assert.Equal("visit", OutcomeOf(await VisitAsync(host, viewer: "2001:db8:0:1::1:1000", secret: Secret)));
        Assert.Equal("repeat", OutcomeOf(await VisitAsync(host, viewer: "2001:db8:0:1::2:1000", secret: Secret)));
        Assert.Equal("visit", OutcomeOf(await VisitAsync(host, viewer: "198.51.100.2:1000", secret: null)));
        Assert.Equal("repeat", OutcomeOf(await VisitAsync(host, viewer: "198.51.100.3:1000", secret: "another-secret-of-it")));
    }

    [Fact]
    public async Task An_instance_reads_ahead_while_it_starts_and_its_first_visit_is_one_transaction()
    {
        var table = await database.CreateTableAsync(Cancellation);
        await using (var earlier = await FunctionHost.StartAsync(native, await database.StartAsync(), table))
        {
            Assert.Equal("visit", OutcomeOf(await VisitAsync(earlier)));
        }

        var operations = new ConcurrentQueue<string>();
        await using var proxy = new FaultProxy(await database.StartAsync(), Note, late: TimeSpan.Zero);
        await using var host = await FunctionHost.StartAsync(
            native,
            await proxy.StartAsync(),
            table,
            new HttpApiSettings { SourceAddress = _ => IPAddress.Parse("198.51.100.1") },
            ("FOOTFALL_TIME_BUDGET", "00:00:30"),
            // In a day's first window a visit also asks for the salt of the day before.
            ("FOOTFALL_VISIT_WINDOW", "00:00:01"));

        var answer = await VisitAsync(host);

        Assert.Equal(["GetItem", "GetItem", "TransactWriteItems"], operations);
        Assert.Equal("visit", OutcomeOf(answer));
        Assert.Equal(2, JsonNode.Parse(answer.Body.Span)!["visits"]!.GetValue<int>());

        Fault Note(string operation)
        {
            operations.Enqueue(operation);
            return Fault.None;
        }
    }

    [Fact]
    public async Task A_table_that_is_silent_while_an_instance_starts_keeps_it_from_no_visit()
    {
        var requests = 0;
        await using var proxy = new FaultProxy(
            await database.StartAsync(),
            _ => Interlocked.Increment(ref requests) == 1 ? Fault.ReplyLate : Fault.None,
            late: TimeSpan.FromSeconds(4));
        await using var host = await FunctionHost.StartAsync(
            native, await proxy.StartAsync(), await database.CreateTableAsync(Cancellation));

        Assert.Equal("visit", OutcomeOf(await VisitAsync(host)));
    }

    [Fact]
    public async Task Many_instances_at_once_count_each_visitor_once()
    {
        const int Visitors = 40;
        var next = 0;
        await using var host = await FunctionHost.StartAsync(
            native,
            await database.StartAsync(),
            await database.CreateTableAsync(Cancellation),
            new HttpApiSettings { SourceAddress = _ => new IPAddress([10, 0, 0, (byte)(Interlocked.Increment(ref next) % Visitors)]) });
        using var places = new SemaphoreSlim(8);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2 * Visitors).Select(async _ =>
        {
            await places.WaitAsync(Cancellation);
            try
            {
                return OutcomeOf(await VisitAsync(host));
            }
            finally
            {
                places.Release();
            }
        }));

        Assert.Equal(Visitors, outcomes.Count(outcome => outcome == "visit"));
        Assert.Equal(Visitors, outcomes.Count(outcome => outcome == "repeat"));
        Assert.InRange(host.Function.ColdStarts, 2, 8);
    }

    [Fact]
    public async Task An_instance_that_was_killed_loses_no_visit_that_was_acknowledged()
    {
        await using var host = await StartAsync();
        Assert.Equal("visit", OutcomeOf(await VisitAsync(host)));

        host.Function.Instances.Single().Kill();
        var answer = await VisitAsync(host);

        Assert.Equal("repeat", OutcomeOf(answer));
        Assert.Equal(1, JsonNode.Parse(answer.Body.Span)!["visits"]!.GetValue<int>());
        Assert.Equal(2, host.Function.ColdStarts);
    }

    [Fact]
    public async Task An_answer_of_the_table_that_comes_in_pieces_is_waited_for()
    {
        await using var proxy = new FaultProxy(
            await database.StartAsync(), _ => Fault.HaltingReply, late: TimeSpan.FromMilliseconds(100));
        await using var host = await FunctionHost.StartAsync(
            native, await proxy.StartAsync(), await database.CreateTableAsync(Cancellation));

        Assert.Equal("visit", OutcomeOf(await VisitAsync(host)));
        Assert.Equal("repeat", OutcomeOf(await VisitAsync(host)));
        Assert.Equal(1, host.Function.ColdStarts);
    }

    [Fact]
    public async Task No_address_and_no_user_agent_is_in_the_log_or_in_the_table()
    {
        const string Viewer = "203.0.113.77";
        const string Agent = "Mozilla/5.0 (DistinctiveDevice) Gecko/20100101 Firefox/140.0";
        await using var host = await FunctionHost.StartAsync(
            native,
            await database.StartAsync(),
            await database.CreateTableAsync(Cancellation),
            new HttpApiSettings { SourceAddress = _ => IPAddress.Parse("203.0.113.99") },
            ("FOOTFALL_EDGE_SECRET", Secret));

        foreach (var target in new[] { "/api/visits", "/", "/api/nowhere?q=DistinctiveDevice", "/api/hit.svg?label=%01" })
        {
            await host.SendAsync(
                new HttpCall("POST", target)
                    .With("User-Agent", Agent)
                    .With("X-Forwarded-For", Viewer)
                    .With("CloudFront-Viewer-Address", $"{Viewer}:1234")
                    .With("x-footfall-edge", Secret),
                Cancellation);
        }

        await host.Function.InvokeAsync(Encoding.UTF8.GetBytes(
            $$"""{"version":"2.0", "requestContext":{"http":{"sourceIp":"{{Viewer}}", "userAgent":"{{Agent}}" } } }"""));
        await FlushedAsync(host, lines: 5);

        Assert.All(host.Logs, line =>
        {
            Assert.DoesNotContain("203.0.113", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Distinctive", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_log_says_of_each_invocation_what_it_came_to_and_how_long_it_took()
    {
        await using var host = await StartAsync();
        await VisitAsync(host);
        await VisitAsync(host);
        await FlushedAsync(host, lines: 2);

        var lines = host.Logs.Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(["visit", "repeat"], lines.Select(line => line["outcome"]!.GetValue<string>()));
        Assert.All(lines, line => Assert.True(Guid.TryParse(line["requestId"]!.GetValue<string>(), out _)));
        Assert.All(lines, line => Assert.True(line["duration"]!.GetValue<double>() > 0));
        Assert.Equal([1, null], lines.Select(line => line["coldStart"]?.GetValue<int>()));
    }

    [Fact]
    public async Task The_bill_of_materials_names_all_that_is_linked_into_the_package()
    {
        var package = await native.PackageAsync();
        var materials = JsonNode.Parse(await File.ReadAllTextAsync(await native.MaterialsAsync(), Cancellation))!;

        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(package, Cancellation))),
            (string?)materials["metadata"]!["component"]!["hashes"]![0]!["content"]);
        Assert.Collection(
            materials["components"]!.AsArray().Where(component => (string?)component!["scope"] == "required")
                .Select(component => (string)component!["purl"]!).Order(StringComparer.Ordinal),
            purl => Assert.StartsWith("pkg:nuget/AWSSDK.Core@", purl, StringComparison.Ordinal),
            purl => Assert.StartsWith("pkg:nuget/AWSSDK.DynamoDBv2@", purl, StringComparison.Ordinal),
            // .NET's own runtime; before .NET 10 a part of its compiler.
            purl => Assert.Matches(
                @"^pkg:nuget/(Microsoft\.NETCore\.App\.Runtime\.NativeAOT\.|runtime\.)[\w.-]+@\d+\.\d+\.\d+", purl));
    }

    [Fact]
    public async Task The_package_holds_the_binary_and_roots_that_are_good_for_years()
    {
        await using var package = await ZipFile.OpenReadAsync(await native.PackageAsync(), Cancellation);
        using var reader = new StreamReader(await package.GetEntry("amazon-roots.pem")!.OpenAsync(Cancellation));
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(await reader.ReadToEndAsync(Cancellation));

        Assert.Equal(["bootstrap", "amazon-roots.pem"], package.Entries.Select(entry => entry.FullName));
        Assert.Equal(5, roots.Count);
        Assert.All(roots, root => Assert.True(root.NotAfter > DateTime.Now.AddYears(2), root.Subject));
    }

    [Fact]
    public async Task The_same_source_makes_the_same_package()
    {
        var first = await File.ReadAllBytesAsync(await native.PackageAsync(), Cancellation);
        var copy = Directory.CreateTempSubdirectory("footfall-source-");
        try
        {
            CopySources(Prerequisite.RepositoryRoot, copy.FullName);
            var second = await File.ReadAllBytesAsync(await NativeFunction.PackageAsync(copy.FullName), Cancellation);

            Assert.True(first.AsSpan().SequenceEqual(second), "A second build, elsewhere, made another package.");
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private async Task<FunctionHost> StartAsync(params (string Name, string Value)[] environment) =>
        await FunctionHost.StartAsync(
            native,
            await database.StartAsync(),
            await database.CreateTableAsync(Cancellation),
            settings: null,
            environment);

    private static Task<HttpAnswer> VisitAsync(FunctionHost host, string? viewer = null, string? secret = null)
    {
        var call = new HttpCall("POST", "/api/visits").With("User-Agent", Firefox);
        call = viewer is null ? call : call.With("CloudFront-Viewer-Address", viewer);
        return host.SendAsync(secret is null ? call : call.With("x-footfall-edge", secret), Cancellation);
    }

    private static string OutcomeOf(HttpAnswer answer)
    {
        Assert.True(answer.Status == 200, Encoding.UTF8.GetString(answer.Body.Span));
        return JsonNode.Parse(answer.Body.Span)!["outcome"]!.GetValue<string>();
    }

    private static JsonNode ErrorOf(InvocationResult result) => JsonNode.Parse(result.Payload.Span)!;

    // The line is written after the answer.
    private static async Task FlushedAsync(FunctionHost host, int lines)
    {
        while (host.Logs.Count < lines)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static void CopySources(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in new[] { "src", "script" })
        {
            foreach (var file in Directory.GetFiles(Path.Combine(from, folder), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }
}
