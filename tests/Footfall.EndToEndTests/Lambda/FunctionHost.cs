using System.Collections.Concurrent;
using Footfall.LambdaHost;
using Footfall.Tests.Api;

namespace Footfall.EndToEndTests.Lambda;

/// <summary>The native binary behind the stand-in for Lambda and its HTTP API.</summary>
internal sealed class FunctionHost : IHttpHost, IAsyncDisposable
{
    private readonly HttpApi api;
    private readonly ConcurrentQueue<string> logs;
    private readonly SocketHost host;

    private FunctionHost(LambdaFunction function, HttpApi api, ConcurrentQueue<string> logs)
    {
        Function = function;
        this.api = api;
        this.logs = logs;
        host = new SocketHost(api.BaseAddress);
    }

    public LambdaFunction Function { get; }

    public Uri BaseAddress => api.BaseAddress;

    public IReadOnlyCollection<string> Logs => logs;

    /// <param name="environment">Beside the table's place and name.</param>
    public static async Task<FunctionHost> StartAsync(
        NativeFunction native,
        Uri database,
        string table,
        HttpApiSettings? settings = null,
        params (string Name, string Value)[] environment) =>
        await StartAsync(await native.BinaryAsync(), TimeSpan.FromSeconds(10), database, table, settings, environment);

    /// <param name="program">The function, or what runs it.</param>
    /// <param name="timeout">How long it may take to start, and to answer.</param>
    /// <param name="environment">Beside the table's place and name.</param>
    public static async Task<FunctionHost> StartAsync(
        string program,
        TimeSpan timeout,
        Uri database,
        string table,
        HttpApiSettings? settings = null,
        params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = database.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "footfall",
            ["FOOTFALL_TABLE"] = table,
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var lines = new ConcurrentQueue<string>();
        var function = new LambdaFunction(new FunctionSettings
        {
            FileName = program,
            Environment = variables,
            InitTimeout = timeout,
            Timeout = timeout,
            Log = lines.Enqueue,
        });
        return new FunctionHost(function, await HttpApi.StartAsync(function, settings), lines);
    }

    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken) =>
        host.SendAsync(call, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await Function.DisposeAsync();
    }
}
