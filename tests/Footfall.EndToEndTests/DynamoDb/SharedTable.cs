using System.Globalization;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Two servers, each a process of its own, on one table.</summary>
public sealed class SharedTable(DynamoDbLocal local) : IDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const int People = 30;

    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task They_share_one_count()
    {
        await File.WriteAllTextAsync(folder.File("resume.json"), """{"basics":{"name":"Ada"}}""", Cancellation);
        var table = await local.CreateTableAsync(Cancellation);
        await using var first = await StartAsync(table);
        await using var second = await StartAsync(table);
        Uri[] servers = [await first.WaitForUrlAsync(), await second.WaitForUrlAsync()];

        Assert.Equal(Answer(visits: 1, "visit"), await VisitAsync(servers[0], person: 0));
        Assert.Equal(Answer(visits: 1, "repeat"), await VisitAsync(servers[1], person: 0));
        Assert.Equal(Answer(visits: 2, "visit"), await VisitAsync(servers[1], person: 1));
        Assert.Equal(Answer(visits: 2, "repeat"), await VisitAsync(servers[0], person: 1));

        // Everybody at both at once: a visit at one of them, a repeat at the other.
        var answers = await Task.WhenAll(Enumerable.Range(2, People).SelectMany(
            person => servers.Select(server => VisitAsync(server, person))));

        Assert.Equal(People, answers.Count(answer => answer.Contains("\"visit\"", StringComparison.Ordinal)));
        Assert.Equal(People, answers.Count(answer => answer.Contains("\"repeat\"", StringComparison.Ordinal)));
        foreach (var server in servers)
        {
            Assert.Equal(
                $$"""{"counter":"/","visits":{{People + 2}},"visitors":{{People + 2}}}""",
                await client.GetStringAsync(new Uri(server, "/api/visits"), Cancellation));
        }

        var days = await Task.WhenAll(
            servers.Select(server => client.GetStringAsync(new Uri(server, "/api/visits/daily"), Cancellation)));
        Assert.Equal(days[0], days[1]);
    }

    private async Task<FootfallProcess> StartAsync(string table) => FootfallProcess.Start(
        folder.FullName,
        [
            "serve", "--port", "0", "--public", "ledger", "--store", "dynamodb", "--table", table, "--time-budget", "00:00:30",
            "--trusted-proxy", "127.0.0.1", "--requests-per-minute", "0",
        ],
        await local.EnvironmentAsync());

    private async Task<string> VisitAsync(Uri server, int person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/visits"));
        request.Headers.Add("User-Agent", Browser);
        request.Headers.Add(
            "X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.51.100.{person}"));
        using var response = await client.SendAsync(request, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer;
    }

    private static string Answer(int visits, string outcome) =>
        $$"""{"counter":"/","visits":{{visits}},"visitors":{{visits}},"outcome":"{{outcome}}"}""";
}
