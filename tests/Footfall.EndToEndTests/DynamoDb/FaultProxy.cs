using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>Stands between a store and DynamoDB Local and does to its requests what networks and services do.</summary>
/// <param name="choose">The fault of a request, by its operation (<c>TransactWriteItems</c>, ...).</param>
/// <param name="late">How late what is late comes; longer than the store waits for an attempt.</param>
public sealed class FaultProxy(Uri target, Func<string, Fault> choose, TimeSpan late) : IAsyncDisposable
{
    private static readonly string[] CopiedReplyHeaders = ["Content-Type", "x-amz-crc32", "x-amzn-RequestId"];

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication? server;
    private int requests;

    /// <summary>How many requests have arrived, of whatever operation.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Other than null: transactions conflict as in DynamoDB itself; see <see cref="TransactionTable"/>.</summary>
    public TransactionTable? Transactions { get; init; }

    /// <returns>Where to send what should reach the target.</returns>
    public async Task<Uri> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(ServeAsync);
        await server.StartAsync();
        return new Uri(server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        client.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var body = await ReadAsync(context.Request);
        var operation = context.Request.Headers["x-amz-target"].ToString().Split('.')[^1];
        var fault = choose(operation);
        switch (fault)
        {
            case Fault.None:
                await AnswerAsync(context, await CarryOutAsync(context.Request, operation, body));
                break;
            case Fault.RequestLost:
                context.Abort();
                break;
            case Fault.ReplyLost:
                await CarryOutAsync(context.Request, operation, body);
                context.Abort();
                break;
            case Fault.HalfReply:
                await BreakInsideAsync(context, await CarryOutAsync(context.Request, operation, body));
                break;
            case Fault.CutReply:
                var whole = await CarryOutAsync(context.Request, operation, body);
                await AnswerAsync(context, whole with { Body = whole.Body[..(whole.Body.Length / 2)] });
                break;
            case Fault.HaltingReply:
                await HaltInsideAsync(context, await CarryOutAsync(context.Request, operation, body));
                break;
            case Fault.ReplyLate:
                var reply = await CarryOutAsync(context.Request, operation, body);
                await Task.Delay(late);
                await AnswerAsync(context, reply);
                break;
            case Fault.RequestLate:
                await Task.Delay(late);
                await AnswerAsync(context, await CarryOutAsync(context.Request, operation, body));
                break;
            case Fault.ServerErrorAfterwards:
                await CarryOutAsync(context.Request, operation, body);
                await AnswerAsync(context, Errors.Of(Fault.ServerError, body));
                break;
            default:
                await AnswerAsync(context, Errors.Of(fault, body));
                break;
        }
    }

    private async Task<Reply> CarryOutAsync(HttpRequest request, string operation, byte[] body)
    {
        if (Transactions is null || operation != "TransactWriteItems")
        {
            return await ForwardAsync(request, body);
        }

        return await Transactions.RunAsync(body, () => ForwardAsync(request, body));
    }

    // Not bound to the caller's connection: what was sent arrives, whether or not anybody still waits for it.
    private async Task<Reply> ForwardAsync(HttpRequest request, byte[] body)
    {
        using var forwarded = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in request.Headers)
        {
            if (name is not ("Host" or "Content-Length")
                && !forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
            {
                forwarded.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
            }
        }

        using var answer = await client.SendAsync(forwarded);
        var headers = CopiedReplyHeaders
            .Select(name => (Name: name, Values: ValuesOf(answer, name)))
            .Where(header => header.Values is not null)
            .Select(header => (header.Name, header.Values!));
        return new Reply(answer.StatusCode, [.. headers], await answer.Content.ReadAsByteArrayAsync());
    }

    private static string? ValuesOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static async Task AnswerAsync(HttpContext context, Reply reply)
    {
        Begin(context, reply);
        await context.Response.Body.WriteAsync(reply.Body);
    }

    private static async Task BreakInsideAsync(HttpContext context, Reply reply)
    {
        await AnswerHalfAsync(context, reply);
        context.Abort();
    }

    private async Task HaltInsideAsync(HttpContext context, Reply reply)
    {
        await AnswerHalfAsync(context, reply);
        await Task.Delay(late);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(reply.Body.Length / 2));
    }

    private static async Task AnswerHalfAsync(HttpContext context, Reply reply)
    {
        Begin(context, reply);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, reply.Body.Length / 2));
        await context.Response.Body.FlushAsync();
    }

    private static void Begin(HttpContext context, Reply reply)
    {
        context.Response.StatusCode = (int)reply.Status;
        context.Response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    public sealed record Reply(HttpStatusCode Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);

    internal static class Errors
    {
        public static Reply Of(Fault fault, byte[] body) => fault switch
        {
            Fault.ServerError => Error(HttpStatusCode.InternalServerError, "InternalServerError"),
            Fault.Throttled => Error(HttpStatusCode.BadRequest, "ProvisionedThroughputExceededException"),
            Fault.ControlPlaneThrottled => Error(HttpStatusCode.BadRequest, "ThrottlingException"),
            Fault.Conflict => Error(HttpStatusCode.BadRequest, "TransactionConflictException"),
            Fault.InProgress => Error(HttpStatusCode.BadRequest, "TransactionInProgressException"),
            Fault.CancelledByConflict => Cancelled([.. ReasonsFor(body, "TransactionConflict")]),
            Fault.CancelledByThrottling => Cancelled([.. ReasonsFor(body, "ThrottlingError")]),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No error answer."),
        };

        public static Reply Cancelled(IReadOnlyList<string> reasons)
        {
            var codes = string.Join(',', reasons.Select(reason => $$"""{"Code":"{{reason}}"}"""));
            return Error(
                HttpStatusCode.BadRequest, "TransactionCanceledException", $",\"CancellationReasons\":[{codes}]");
        }

        private static Reply Error(HttpStatusCode status, string type, string more = "") => new(
            status,
            [("Content-Type", "application/x-amz-json-1.0")],
            Encoding.UTF8.GetBytes(
                $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{type}}","message":"injected"{{more}}}"""));

        // The last item's turn: conflicts are met at the tallies.
        private static IEnumerable<string> ReasonsFor(byte[] body, string code)
        {
            using var request = JsonDocument.Parse(body);
            var items = request.RootElement.GetProperty("TransactItems").GetArrayLength();
            return Enumerable.Repeat("None", items - 1).Append(code);
        }
    }
}
