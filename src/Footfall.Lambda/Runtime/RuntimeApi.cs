using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Footfall.Lambda.Runtime;

/// <summary>Lambda's Runtime API, version 2018-06-01 (AWS, "Using the Lambda runtime API for custom runtimes").</summary>
/// <param name="endpoint">Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> has them.</param>
/// <param name="connect">Opens a connection to it.</param>
public sealed class RuntimeApi(string endpoint, Func<CancellationToken, Task<Stream>> connect) : IDisposable
{
    private const string Root = "/2018-06-01/runtime";

    private readonly HttpConnection connection = new(connect, endpoint);

    public RuntimeApi(string endpoint)
        : this(endpoint, stop => ConnectAsync(new Uri($"http://{endpoint}"), stop))
    {
    }

    /// <summary>Waits for the next event, however long it takes: the process is frozen meanwhile.</summary>
    /// <exception cref="IOException">The Runtime API does not answer, or not as expected.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        var reply = await SendAsync("GET", "/invocation/next", "", default, cancellationToken);
        return new Invocation(
            Required(reply, "Lambda-Runtime-Aws-Request-Id"),
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(Required(reply, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture)),
            reply.Headers.GetValueOrDefault("Lambda-Runtime-Trace-Id"),
            reply.Body);
    }

    public Task RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        SendAsync(
            "POST", $"/invocation/{requestId}/response", "Content-Type: application/json\r\n", answer, cancellationToken);

    /// <summary>Answers an invocation with an error.</summary>
    public Task FailAsync(string requestId, Exception error, CancellationToken cancellationToken) =>
        ReportAsync($"/invocation/{requestId}/error", error, cancellationToken);

    /// <summary>Says that the function cannot start.</summary>
    public Task FailInitAsync(Exception error, CancellationToken cancellationToken) =>
        ReportAsync("/init/error", error, cancellationToken);

    public void Dispose() => connection.Dispose();

    private static async Task<Stream> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it; when there is none, the process ends.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private Task<HttpReply> ReportAsync(string path, Exception error, CancellationToken cancellationToken)
    {
        var fields =
            "Content-Type: application/vnd.aws.lambda.error+json\r\n"
            + $"Lambda-Runtime-Function-Error-Type: {FunctionError.TypeOf(error)}\r\n";
        return SendAsync("POST", path, fields, FunctionError.Write(error), cancellationToken);
    }

    private async Task<HttpReply> SendAsync(
        string method, string path, string fields, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var reply = await connection.SendAsync(method, Root + path, fields, body, cancellationToken);
        return reply.Status is HttpStatusCode.OK or HttpStatusCode.Accepted
            ? reply
            : throw new IOException(
                $"The Runtime API answered {method} {path} with {(int)reply.Status}: {Encoding.UTF8.GetString(reply.Body.Span)}");
    }

    private static string Required(HttpReply reply, string name) =>
        reply.Headers.TryGetValue(name, out var value)
            ? value
            : throw new IOException($"The Runtime API sent an event without {name}.");
}
