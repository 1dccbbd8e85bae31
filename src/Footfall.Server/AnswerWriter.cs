using System.IO.Pipelines;
using Footfall.Api;

namespace Footfall.Server;

/// <summary>
/// Writes answers. A client that does not take one in time is cut off: what waits for it takes memory, and it may be one
/// of a thousand that never read.
/// </summary>
internal sealed class AnswerWriter(TimeProvider clock)
{
    /// <summary>How long one answer may take; a photo of a megabyte has it at 10 kB a second.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public Task WriteAsync(HttpContext context, ApiResponse answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        var fields = response.Headers;
        for (var index = 0; index < answer.Headers.Count; index++)
        {
            var (name, value) = answer.Headers[index];
            fields[name] = value;
        }

        return WriteAsync(context, answer.Body);
    }

    /// <summary>Writes the body of an answer whose status and fields are set, and ends it.</summary>
    public Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return HoldToDeadlineAsync(context, context.Response.CompleteAsync());
        }

        context.Response.ContentLength = body.Length;
        var writing = context.Response.BodyWriter.WriteAsync(body);
        return writing.IsCompletedSuccessfully ? Task.CompletedTask : WaitAsync(context, writing);
    }

    private Task WaitAsync(HttpContext context, ValueTask<FlushResult> writing) =>
        HoldToDeadlineAsync(context, writing.AsTask());

    private async Task HoldToDeadlineAsync(HttpContext context, Task writing)
    {
        try
        {
            await writing.WaitAsync(Deadline, clock);
        }
        catch (TimeoutException)
        {
            context.Abort();
            await writing;
        }
    }
}
