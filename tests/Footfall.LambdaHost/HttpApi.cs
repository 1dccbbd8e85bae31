using System.Net;

namespace Footfall.LambdaHost;

/// <summary>A stand-in for API Gateway's HTTP API: turns requests into events, and the function's answers into responses.</summary>
public sealed class HttpApi : IAsyncDisposable
{
    // Lambda's limit for a synchronous invocation.
    private const int MaxPayload = 6 * 1024 * 1024;

    private readonly LambdaFunction function;
    private readonly HttpApiSettings settings;
    private WebApplication? server;

    private HttpApi(LambdaFunction function, HttpApiSettings settings)
    {
        this.function = function;
        this.settings = settings;
    }

    public Uri BaseAddress { get; private set; } = null!;

    public static async Task<HttpApi> StartAsync(LambdaFunction function, HttpApiSettings? settings = null)
    {
        var api = new HttpApi(function, settings ?? new());
        (api.server, api.BaseAddress) = await LocalServer.StartAsync(
            routes => routes.MapFallback("{*path}", api.HandleAsync), api.settings.Port);
        return api;
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        var payload = await HttpApiEvent.CreateAsync(context, settings);
        if (payload.Length > MaxPayload)
        {
            await AnswerAsync(context, HttpStatusCode.RequestEntityTooLarge, "Request Entity Too Large");
            return;
        }

        try
        {
            var result = await function.InvokeAsync(payload).WaitAsync(settings.IntegrationTimeout, context.RequestAborted);
            await RespondAsync(context, result);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered; the function goes on all the same.
        }
        catch (TimeoutException)
        {
            await AnswerAsync(context, HttpStatusCode.ServiceUnavailable, "Service Unavailable");
        }
    }

    private Task RespondAsync(HttpContext context, InvocationResult result) => result.Status switch
    {
        InvocationStatus.Throttled => AnswerAsync(context, HttpStatusCode.TooManyRequests, "Too Many Requests"),
        InvocationStatus.Succeeded when HttpApiAnswer.TryRead(result.Payload, settings.PayloadVersion) is { } answer =>
            answer.WriteAsync(context.Response),
        _ => AnswerAsync(context, HttpStatusCode.InternalServerError, "Internal Server Error"),
    };

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string message)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"message":"{{message}}"}""");
    }
}
