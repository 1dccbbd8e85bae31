using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.LambdaHost;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// Runs what the emulated Lambda holds: the zip and the environment of the version that the alias names, under keys of
/// the function's own role. When the alias is moved, the next request is answered by the version that it names then.
/// </summary>
internal sealed class AppliedFunction(AwsEmulator emulator, string name, string alias, string folder) : IAsyncDisposable
{
    // An edge of CloudFront's, as the HTTP API sees it; what counts is the address that the edge names.
    private static readonly IPAddress EdgeAddress = IPAddress.Parse("192.0.2.1");

    private readonly SemaphoreSlim changing = new(1);
    private string? version;
    private LambdaFunction? function;
    private HttpApi? api;

    /// <summary>All that the function wrote to its log.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Where the HTTP API's stand-in hands requests to the live version.</summary>
    public async Task<Uri> FindLiveAsync()
    {
        await changing.WaitAsync();
        try
        {
            var live = (string)(await ReadAsync($"/aliases/{alias}"))["FunctionVersion"]!;
            if (live != version)
            {
                await StopAsync();
                await StartAsync(live);
                version = live;
            }

            return api!.BaseAddress;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Invokes the live version with an event, as the scheduler does.</summary>
    public async Task<InvocationResult> InvokeAsync(string payload)
    {
        _ = await FindLiveAsync();
        return await function!.InvokeAsync(Encoding.UTF8.GetBytes(payload));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        changing.Dispose();
    }

    private Task<JsonNode> ReadAsync(string path) =>
        emulator.ReadJsonAsync("lambda", $"/2015-03-31/functions/{name}{path}");

    private async Task StartAsync(string live)
    {
        var held = await ReadAsync($"?Qualifier={live}");
        var configuration = held["Configuration"]!;
        var code = await emulator.DownloadAsync((string)held["Code"]!["Location"]!);
        var taskRoot = Path.Combine(folder, $"{name}-{Guid.NewGuid():N}");
        using (var zip = new ZipArchive(new MemoryStream(code)))
        {
            await zip.ExtractToDirectoryAsync(taskRoot);
        }

        function = new LambdaFunction(new FunctionSettings
        {
            FileName = Path.Combine(taskRoot, "bootstrap"),
            Environment = await DescribeEnvironmentAsync(configuration),
            Timeout = TimeSpan.FromSeconds((int)configuration["Timeout"]!),
            MemoryMiB = (int)configuration["MemorySize"]!,
            Log = Keep,
        });
        api = await HttpApi.StartAsync(function, new HttpApiSettings { SourceAddress = _ => EdgeAddress });
    }

    private async Task<Dictionary<string, string>> DescribeEnvironmentAsync(JsonNode configuration)
    {
        var role = ((string)configuration["Role"]!).Split('/')[^1];
        var environment = configuration["Environment"]!["Variables"]!.AsObject()
            .ToDictionary(variable => variable.Key, variable => (string)variable.Value!, StringComparer.Ordinal);
        foreach (var (variable, value) in emulator.Environment(await emulator.AssumeRoleAsync(role)))
        {
            if (value is { Length: > 0 })
            {
                environment[variable] = value;
            }
        }

        environment["AWS_LAMBDA_FUNCTION_NAME"] = name;
        return environment;
    }

    private void Keep(string line)
    {
        lock (Log)
        {
            Log.Add(line);
        }
    }

    private async Task StopAsync()
    {
        if (api is not null)
        {
            await api.DisposeAsync();
            await function!.DisposeAsync();
            (version, api, function) = (null, null, null);
        }
    }
}
