using System.Diagnostics;
using System.Net;
using System.Text;
using Footfall.LambdaHost;

namespace Footfall.LambdaBench;

/// <summary>Measures one instance of a contender at a time, behind the stand-in and its HTTP API.</summary>
/// <param name="certificateFile">To be trusted, where the database is behind TLS.</param>
internal sealed class Bench(Uri database, string? certificateFile)
{
    private const int WarmUp = 200;
    private const int Calls = 1_000;

    // Each request comes from an address of its own: it is a visit, which is the most there is to do.
    private int visitor;

    public async Task<Measurement> RunAsync(Contender contender)
    {
        await using var function = new LambdaFunction(Settings(contender));
        await using var api = await HttpApi.StartAsync(function, new HttpApiSettings { SourceAddress = _ => NextAddress() });
        using var client = new HttpClient { BaseAddress = api.BaseAddress };
        await VisitAsync(client, contender);
        var instance = function.Instances.Single();
        var coldCpu = ProcessUsage.Cpu(instance.ProcessId);
        for (var call = 0; call < WarmUp; call++)
        {
            await VisitAsync(client, contender);
        }

        var warmCpu = ProcessUsage.Cpu(instance.ProcessId);
        var times = new TimeSpan[Calls];
        for (var call = 0; call < Calls; call++)
        {
            var start = Stopwatch.GetTimestamp();
            await VisitAsync(client, contender);
            times[call] = Stopwatch.GetElapsedTime(start);
        }

        Array.Sort(times);
        return new Measurement(
            instance.ColdStart!.Value,
            coldCpu,
            (ProcessUsage.Cpu(instance.ProcessId) - warmCpu) / Calls,
            times[Calls / 2],
            times[Calls * 99 / 100],
            ProcessUsage.PeakKiB(instance.ProcessId));
    }

    /// <summary>Only the cold start, which varies more than the rest.</summary>
    public async Task<TimeSpan> RunColdAsync(Contender contender)
    {
        await using var function = new LambdaFunction(Settings(contender));
        await using var api = await HttpApi.StartAsync(function, new HttpApiSettings { SourceAddress = _ => NextAddress() });
        using var client = new HttpClient { BaseAddress = api.BaseAddress };
        await VisitAsync(client, contender);
        return function.Instances.Single().ColdStart!.Value;
    }

    // .NET by way of OpenSSL, boto3 and Node each have a variable of their own.
    private Dictionary<string, string> Trust => certificateFile is null
        ? new(StringComparer.Ordinal)
        : new(StringComparer.Ordinal)
        {
            ["SSL_CERT_FILE"] = certificateFile,
            ["SSL_CERT_DIR"] = "/none",
            ["AWS_CA_BUNDLE"] = certificateFile,
            ["NODE_EXTRA_CA_CERTS"] = certificateFile,
        };

    private FunctionSettings Settings(Contender contender) => new()
    {
        FileName = contender.Program[0],
        Arguments = [.. contender.Program.Skip(1)],
        Environment = new Dictionary<string, string>(Trust, StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = database.ToString(),
            ["TABLE_NAME"] = Database.PeersTable,
            ["FOOTFALL_TABLE"] = Database.OwnTable,
        },
        MaxConcurrency = 1,
        Timeout = TimeSpan.FromSeconds(10),
        Log = line => lastLine = line,
    };

    private string lastLine = "";

    private async Task VisitAsync(HttpClient client, Contender contender)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visits")
        {
            Content = new StringContent("""{"counter":"/"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var response = await client.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException(
                $"{contender.Name} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}; it wrote last: {lastLine}");
        }
    }

    private IPAddress NextAddress()
    {
        var number = ++visitor;
        return new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }
}
