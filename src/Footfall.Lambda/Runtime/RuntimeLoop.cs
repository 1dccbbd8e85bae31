using System.Buffers;
using Footfall.Api;
using Footfall.Lambda.Reports;

namespace Footfall.Lambda.Runtime;

/// <summary>Serves one invocation after the other, for as long as Lambda keeps the process.</summary>
/// <param name="reports">Answers what is no request of the HTTP API but asks for a report.</param>
/// <param name="conflicts">How many conflicts the store has met so far.</param>
public sealed class RuntimeLoop(
    RuntimeApi runtime, HttpApiEvent events, VisitsApi api, ScheduledReports reports, InvocationLog log, Func<long> conflicts, TimeProvider clock)
{
    /// <summary>What is left of an invocation's time to answer that there was not enough of it.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(100);

    private readonly ArrayBufferWriter<byte> answer = new(1024);
    private bool isCold = true;

    /// <exception cref="IOException">The Runtime API does not answer, or not as expected.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var invocation = await runtime.NextAsync(cancellationToken);
            // AWS X-Ray's own way to hand the trace to whatever SDK is in the process.
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
            await ServeAsync(invocation, cancellationToken);
            isCold = false;
        }
    }

    private async Task ServeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var conflictsBefore = conflicts();
        var unverifiedBefore = events.UnverifiedViewers;
        ApiRequest? request;
        ApiResponse response;
        try
        {
            request = FindRequest(invocation);
            if (request is null)
            {
                await ReportAsync(invocation, start, cancellationToken);
                return;
            }

            response = await AnswerAsync(request, invocation);
        }
#pragma warning disable CA1031 // Whatever went wrong, it answers this invocation and the next one is served.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await runtime.FailAsync(invocation.RequestId, error, cancellationToken);
            log.Failed(invocation.RequestId, error, clock.GetElapsedTime(start));
            return;
        }

        answer.ResetWrittenCount();
        HttpApiAnswer.Write(ForCaller(request, response), answer);
        await runtime.RespondAsync(invocation.RequestId, answer.WrittenMemory, cancellationToken);
        log.Answered(
            invocation.RequestId,
            response,
            clock.GetElapsedTime(start),
            isCold,
            conflicts() - conflictsBefore,
            isViewerUnverified: events.UnverifiedViewers > unverifiedBefore);
    }

    // Null for an event that asks for a report.
    private ApiRequest? FindRequest(Invocation invocation)
    {
        try
        {
            return events.Read(invocation.Payload);
        }
        catch (InvalidEventException) when (ScheduledReports.Find(invocation.Payload) is not null)
        {
            return null;
        }
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request, Invocation invocation)
    {
        using var deadline = DeadlineOf(invocation);
        try
        {
            return await api.HandleAsync(request, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return api.OutOfTime(request);
        }
    }

    // Whoever calls the API directly gets the answer as it is; the log has it so in any case.
    private ApiResponse ForCaller(ApiRequest request, ApiResponse response) =>
        response.Status == EdgeRefusal.Status && events.IsByEdge(request) ? EdgeRefusal.Disguise(response) : response;

    private async Task ReportAsync(Invocation invocation, long start, CancellationToken cancellationToken)
    {
        using var deadline = DeadlineOf(invocation);
        var hasVisits = await reports.TellAsync(ScheduledReports.Find(invocation.Payload)!.Value, deadline.Token);
        await runtime.RespondAsync(invocation.RequestId, hasVisits ? "\"told\""u8.ToArray() : "\"no visit\""u8.ToArray(), cancellationToken);
        log.Reported(invocation.RequestId, hasVisits, clock.GetElapsedTime(start));
    }

    private CancellationTokenSource DeadlineOf(Invocation invocation)
    {
        var remaining = invocation.Deadline - clock.GetUtcNow() - Reserve;
        return new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, clock);
    }
}
