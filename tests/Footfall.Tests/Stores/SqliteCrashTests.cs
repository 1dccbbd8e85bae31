using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Footfall.Reporting;
using Footfall.Tests.Cli;

namespace Footfall.Tests.Stores;

/// <summary>The server as an owner runs it, killed without warning.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private const int Rounds = 5;
    private const int Clients = 16;
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private const string LinkKey = "k7f3q2xm";

    private readonly TemporaryDirectory directory = new();
    private readonly ConcurrentDictionary<int, string> acknowledged = [];
    private readonly ConcurrentQueue<int> unanswered = [];
    private int visitors;
    private int sent;
    private int answers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Killed_again_and_again_under_load_it_has_all_that_it_acknowledged_and_nothing_twice()
    {
        await File.WriteAllTextAsync(directory.File("resume.json"), """{"basics":{"name":"Ada"}}""", Cancellation);
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            var goal = answers + random.Next(50, 400);
            await using var server = StartServer();
            using var client = new HttpClient { BaseAddress = await server.WaitForUrlAsync() };
            GiveOutLink();
            AssertLedgerHolds();
            await Task.WhenAll(
                [KillAsync(server, goal), .. Enumerable.Range(0, Clients).Select(_ => VisitUntilKilledAsync(client))]);
        }

        await using var last = StartServer();
        using var patient = new HttpClient { BaseAddress = await last.WaitForUrlAsync() };
        AssertLedgerHolds();
        while (unanswered.TryDequeue(out var visitor))
        {
            await VisitAsync(patient, visitor);
        }

        // Everybody has an answer now, and so everybody was counted, each once.
        using var database = new OtherProgram(directory.File("footfall.db"));
        foreach (var counter in new[] { "/", Link.CounterOf(LinkKey) })
        {
            Assert.Equal((long)visitors, database.Query($"SELECT visits FROM totals WHERE counter = '{counter}'"));
            Assert.Equal((long)visitors, database.Query($"SELECT sum(visitors) FROM days WHERE counter = '{counter}'"));
        }

        Assert.Equal((long)visitors, database.Query("SELECT sum(visits) FROM sources WHERE counter = '/' AND source = 'link'"));
        var again = await Task.WhenAll(acknowledged.Keys.Select(visitor => VisitAsync(patient, visitor)));
        Assert.All(again, answer => Assert.Contains("\"repeat\"", answer, StringComparison.Ordinal));
    }

    private FootfallProcess StartServer() => FootfallProcess.Start(
        directory.FullName,
        [
            "serve", "--port", "0", "--data", directory.FullName,
            "--trusted-proxy", "127.0.0.1", "--requests-per-minute", "0",
        ]);

    private async Task KillAsync(FootfallProcess server, int goal)
    {
        while (Volatile.Read(ref answers) < goal)
        {
            await Task.Delay(1, Cancellation);
        }

        await server.SignalAsync("KILL");
        await server.WaitForExitAsync();
    }

    private async Task VisitUntilKilledAsync(HttpClient client)
    {
        while (true)
        {
            var visitor = unanswered.TryDequeue(out var again) ? again : Interlocked.Increment(ref visitors);
            try
            {
                await VisitAsync(client, visitor);
            }
            catch (HttpRequestException)
            {
                unanswered.Enqueue(visitor);
                return;
            }
        }
    }

    private async Task<string> VisitAsync(HttpClient client, int visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visits")
        {
            Content = new StringContent($$"""{"counter":"/","link":"{{LinkKey}}"}""", mediaType: new("application/json")),
        };
        request.Headers.Add("User-Agent", Browser);
        request.Headers.Add("X-Forwarded-For", $"10.{visitor >> 16}.{(visitor >> 8) & 255}.{visitor & 255}");
        Interlocked.Increment(ref sent);
        using var response = await client.SendAsync(request, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Interlocked.Increment(ref answers);
        acknowledged[visitor] = answer;
        return answer;
    }

    private void GiveOutLink()
    {
        using var database = new OtherProgram(directory.File("footfall.db"));
        database.Run($"INSERT INTO links VALUES ('{LinkKey}', 'Acme', '2026-11-22') ON CONFLICT DO NOTHING");
    }

    private void AssertLedgerHolds()
    {
        const string Requests = "coalesce(sum(visits + repeats + bots + prefetches + opted_outs + limited), 0)";
        using var database = new OtherProgram(directory.File("footfall.db"));
        Assert.Equal("ok", database.Query("PRAGMA integrity_check"));
        foreach (var counter in new[] { "/", Link.CounterOf(LinkKey) })
        {
            var total = Convert.ToInt64(
                database.Query($"SELECT {Requests} FROM totals WHERE counter = '{counter}'"), CultureInfo.InvariantCulture);
            Assert.InRange(total, answers, sent);
            Assert.Equal(total, database.Query($"SELECT {Requests} FROM days WHERE counter = '{counter}'"));
            var visits = (long)database.Query($"SELECT coalesce(sum(visits), 0) FROM totals WHERE counter = '{counter}'")!;
            Assert.InRange(visits, acknowledged.Count, visitors);
            Assert.Equal(visits, database.Query($"SELECT coalesce(sum(visits), 0) FROM sources WHERE counter = '{counter}'"));
        }
    }
}
