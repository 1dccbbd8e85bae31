using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Footfall.LambdaBench;

/// <summary>DynamoDB Local in memory, with the two tables that the contenders count in.</summary>
internal sealed class Database : IDisposable
{
    public const string OwnTable = "footfall";
    public const string PeersTable = "visits";

    private readonly Process java;

    private Database(Process java, Uri endpoint)
    {
        this.java = java;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<Database> StartAsync(string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "java",
            ["-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-inMemory", "-disableTelemetry", "-port", $"{port}"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var local = Process.Start(start)!;
        local.BeginOutputReadLine();
        local.BeginErrorReadLine();
        var database = new Database(local, new Uri($"http://127.0.0.1:{port}"));
        await database.CreateTableAsync(PeersTable, ("ID", "HASH"));
        await database.CreateTableAsync(OwnTable, ("pk", "HASH"), ("sk", "RANGE"));
        return database;
    }

    public void Dispose()
    {
        java.Kill();
        java.WaitForExit();
        java.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CreateTableAsync(string name, params (string Name, string Kind)[] keys)
    {
        var attributes = string.Join(',', keys.Select(key => $$"""{"AttributeName":"{{key.Name}}","AttributeType":"S"}"""));
        var schema = string.Join(',', keys.Select(key => $$"""{"AttributeName":"{{key.Name}}","KeyType":"{{key.Kind}}"}"""));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint)
                {
                    Content = new StringContent(
                        $$"""{"TableName":"{{name}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{{attributes}}],"KeySchema":[{{schema}}]}""",
                        Encoding.UTF8,
                        "application/x-amz-json-1.0"),
                };
                request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.CreateTable");
                // DynamoDB Local tells its users apart by the key, and checks no signature.
                request.Headers.TryAddWithoutValidation(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
                using var response = await http.SendAsync(request);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 100 && !java.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
