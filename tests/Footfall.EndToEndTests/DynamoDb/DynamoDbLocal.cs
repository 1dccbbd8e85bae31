using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Footfall.DynamoDb;
using Footfall.EndToEndTests.DynamoDb;

[assembly: AssemblyFixture(typeof(DynamoDbLocal))]

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>
/// Amazon's own DynamoDB Local, in memory, on a free port: started when a test first asks for it, one for the whole
/// run, ended with it.
/// </summary>
public sealed class DynamoDbLocal : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private Task<Uri>? started;
    private Process? process;

    public static BasicAWSCredentials Credentials { get; } = new("footfall", "not-a-secret");

    /// <summary>Where it answers; starts it the first time.</summary>
    public Task<Uri> StartAsync()
    {
        lock (gate)
        {
            return started ??= StartOnceAsync();
        }
    }

    /// <summary>A client of its own, as another process would have one.</summary>
    public async Task<AmazonDynamoDBClient> ConnectAsync() =>
        DynamoDbClients.Create(await StartAsync(), Credentials);

    /// <summary>What a program must find in its environment to use it.</summary>
    public async Task<(string Name, string Value)[]> EnvironmentAsync()
    {
        var credentials = await Credentials.GetCredentialsAsync();
        return
        [
            ("AWS_ENDPOINT_URL_DYNAMODB", (await StartAsync()).ToString()),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", credentials.AccessKey),
            ("AWS_SECRET_ACCESS_KEY", credentials.SecretKey),
        ];
    }

    /// <summary>A new table.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateTableAsync(CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync();
        var name = $"footfall-{Guid.NewGuid():N}";
        await TableCreator.CreateAsync(client, name, cancellationToken);

        // Tests live on days of their own choice; the real clock must not delete what belongs to them.
        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = name,
                TimeToLiveSpecification = new() { AttributeName = "expires", Enabled = false },
            },
            cancellationToken);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<Uri> StartOnceAsync()
    {
        var folder = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "dynamodb-local");
        Prerequisite.RequireFile(Path.Combine(folder, "DynamoDBLocal.jar"));
        Prerequisite.Require(IsOnPath("java"), "java");
        var port = FreePort();
        process = Process.Start(Command(folder, port))!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var endpoint = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
        await WaitUntilItAnswersAsync(endpoint);
        return endpoint;
    }

    // The shell ends the server when its input is closed, and that happens however this process ends.
    private static ProcessStartInfo Command(string folder, int port) => new("/bin/sh")
    {
        ArgumentList =
        {
            "-c",
            "java -Xmx1g -XX:+UseSerialGC -Djava.library.path=./DynamoDBLocal_lib -jar DynamoDBLocal.jar"
            + " -inMemory -disableTelemetry -port \"$1\" </dev/null 2>&1 & read -r _; kill $!; wait $!",
            "sh",
            port.ToString(CultureInfo.InvariantCulture),
        },
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    };

    private async Task WaitUntilItAnswersAsync(Uri endpoint)
    {
        using var client = DynamoDbClients.Create(endpoint, Credentials);
        using var patience = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                await client.ListTablesAsync(patience.Token);
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or AmazonClientException)
            {
                Assert.False(process!.HasExited, "DynamoDB Local ended at once.");
                await Task.Delay(Pause, patience.Token);
            }
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
