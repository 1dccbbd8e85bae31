using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Footfall.LambdaHost;

/// <summary>
/// Lambda's Runtime API, version 2018-06-01, as one instance sees it
/// (AWS, "Using the Lambda runtime API for custom runtimes").
/// </summary>
internal sealed class RuntimeApi(FunctionInstance instance)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var runtime = routes.MapGroup("/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", NextAsync);
        runtime.MapPost("/invocation/{id}/response", context => EndAsync(context, InvocationStatus.Succeeded));
        runtime.MapPost("/invocation/{id}/error", context => EndAsync(context, InvocationStatus.Failed));
        runtime.MapPost("/init/error", InitErrorAsync);
    }

    private async Task NextAsync(HttpContext context)
    {
        if (!instance.IsFree)
        {
            await RefuseAsync(context, 403, "InvalidStateTransition", "Answer the current invocation first.");
            return;
        }

        var invocation = await instance.NextAsync(context.RequestAborted);
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = FunctionInstance.Arn;
        headers["Lambda-Runtime-Trace-Id"] = TraceHeader.Create();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload);
    }

    private async Task EndAsync(HttpContext context, InvocationStatus status)
    {
        var payload = await ReadBodyAsync(context);
        var known = instance.End((string)context.Request.RouteValues["id"]!, new InvocationResult(status, payload));
        await (known
            ? AcceptAsync(context)
            : RefuseAsync(context, 400, "InvalidRequestID", "No such invocation is running here."));
    }

    private async Task InitErrorAsync(HttpContext context)
    {
        instance.FailInit(new InvocationResult(InvocationStatus.Failed, await ReadBodyAsync(context)));
        await AcceptAsync(context);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static Task AcceptAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status202Accepted, new JsonObject { ["status"] = "OK" });

    private static Task RefuseAsync(HttpContext context, int status, string errorType, string errorMessage) =>
        WriteAsync(context, status, new JsonObject { ["errorMessage"] = errorMessage, ["errorType"] = errorType });

    private static async Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }
}
