using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Footfall.Tests.Reporting;

/// <summary>
/// The other end of a webhook: takes one request after the other, each on a connection of its own, and does to each what
/// the test says, in turn.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<JsonElement> received = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource stop = new();
    private readonly Queue<string?> answers;
    private readonly List<TcpClient> held = [];
    private readonly Task running;

    /// <param name="answers">
    /// What each request is answered with, the status line first, <c>200 OK</c> for short; null for no answer at all while
    /// the connection stays open. After the last one, 200.
    /// </param>
    public WebhookReceiver(params string?[] answers)
    {
        this.answers = new(answers);
        listener.Start();
        running = ServeAsync();
    }

    /// <summary>With a path that is a secret.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks/{Secret}?token={Secret}");

    public const string Secret = "x9Qm-secret";

    /// <summary>How many requests have come so far.</summary>
    public int Requests { get; private set; }

    /// <summary>The next request's body, when it has come.</summary>
    public async Task<JsonElement> ReceiveAsync() => await received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await running;
        held.ForEach(client => client.Dispose());
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                held.Add(client);
                await AnswerAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The test is over, or the sender was killed.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        var body = await ReadAsync(stream, stop.Token);
        Requests++;
        using var document = JsonDocument.Parse(body);
        await received.Writer.WriteAsync(document.RootElement.Clone(), stop.Token);
        if (!answers.TryDequeue(out var answer))
        {
            answer = "200 OK";
        }

        if (answer is not null)
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop.Token);
            client.Dispose();
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new EndOfStreamException("The sender hung up.");
        Assert.StartsWith($"POST /hooks/{Secret}?token={Secret} HTTP/1.1", line, StringComparison.Ordinal);
        var length = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } field)
        {
            length = field.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
                ? int.Parse(field.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)
                : length;
        }

        var body = new char[length];
        await reader.ReadBlockAsync(body, cancellationToken);
        return Encoding.Latin1.GetBytes(body);
    }
}
