using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Footfall.LambdaHost;

/// <summary>
/// One execution environment: a process of the function with a Runtime API of its own, doing one invocation at a time.
/// </summary>
public sealed partial class FunctionInstance : IAsyncDisposable
{
    internal const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:stand-in";

    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(10);

    private const int ContinueSignal = 18;
    private const int StopSignal = 19;

    private readonly FunctionSettings settings;
    private readonly Process process;
    private readonly Channel<Invocation> waiting = Channel.CreateUnbounded<Invocation>();
    private readonly TaskCompletionSource<InvocationResult> initFailed = new();
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? server;
    private Invocation? current;
    private bool initialised;
    private long started;

    private FunctionInstance(FunctionSettings settings, Process process)
    {
        this.settings = settings;
        this.process = process;
        process.Exited += (_, _) => exited.TrySetResult();
    }

    public int ProcessId => process.Id;

    /// <summary>From the start of the process to its first answer, when it has given one.</summary>
    public TimeSpan? ColdStart { get; private set; }

    internal bool HasExited => process.HasExited;

    internal bool IsFree => current is null;

    internal static async Task<FunctionInstance> StartAsync(FunctionSettings settings)
    {
        var child = new Process { StartInfo = Describe(settings), EnableRaisingEvents = true };
        child.OutputDataReceived += (_, line) => Log(line.Data);
        child.ErrorDataReceived += (_, line) => Log(line.Data);
        var instance = new FunctionInstance(settings, child);
        (instance.server, var address) = await LocalServer.StartAsync(new RuntimeApi(instance).Map);
        child.StartInfo.Environment["AWS_LAMBDA_RUNTIME_API"] = address.Authority;
        instance.started = Stopwatch.GetTimestamp();
        child.Start();
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return instance;

        void Log(string? line)
        {
            if (line is not null)
            {
                settings.Log(line);
            }
        }
    }

    /// <summary>Has the instance do one invocation; null when it ended before it took it, having served before.</summary>
    internal async Task<InvocationResult?> InvokeAsync(Invocation invocation)
    {
        var reused = initialised;
        await waiting.Writer.WriteAsync(invocation);
        await Task.WhenAny(invocation.Taken, initFailed.Task, exited.Task, Task.Delay(settings.InitTimeout));
        if (!invocation.Taken.IsCompleted)
        {
            Kill();
            return reused ? null : initFailed.Task.IsCompleted ? await initFailed.Task : Ended(invocation, "Runtime.InitError");
        }

        await Task.WhenAny(invocation.Completed, exited.Task, Task.Delay(settings.Timeout));
        if (invocation.Completed.IsCompleted)
        {
            return await invocation.Completed;
        }

        var result = HasExited ? Ended(invocation, "Runtime.ExitError") : TimedOut(invocation);
        Kill();
        return result;
    }

    /// <summary>The next event, when there is one; until then the instance may be frozen.</summary>
    internal async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        initialised = true;
        if (!waiting.Reader.TryRead(out var invocation))
        {
            Signal(StopSignal);
            invocation = await waiting.Reader.ReadAsync(cancellationToken);
            Signal(ContinueSignal);
        }

        current = invocation;
        invocation.Take(settings.Timeout);
        return invocation;
    }

    /// <summary>Ends the current invocation; false when it is not the one named.</summary>
    internal bool End(string requestId, InvocationResult result)
    {
        if (current is not { } invocation || invocation.RequestId != requestId)
        {
            return false;
        }

        ColdStart ??= Stopwatch.GetElapsedTime(started);
        current = null;
        invocation.Complete(result);
        return true;
    }

    internal void FailInit(InvocationResult result) => initFailed.TrySetResult(result);

    /// <summary>Ends the process as Lambda does: at once, without a signal that it could catch.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        _ = process.WaitForExit(ExitTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static ProcessStartInfo Describe(FunctionSettings settings)
    {
        var taskRoot = settings.TaskRoot ?? Path.GetDirectoryName(Path.GetFullPath(settings.FileName))!;
        var start = new ProcessStartInfo(settings.FileName, settings.Arguments)
        {
            WorkingDirectory = taskRoot,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Reserved(settings, taskRoot).Concat(settings.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // AWS, "Working with Lambda environment variables": the variables that Lambda itself defines.
    private static Dictionary<string, string> Reserved(FunctionSettings settings, string taskRoot) => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_LAMBDA_FUNCTION_NAME"] = "stand-in",
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = settings.MemoryMiB.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/stand-in",
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = "stand-in",
        ["LAMBDA_TASK_ROOT"] = taskRoot,
        ["LAMBDA_RUNTIME_DIR"] = "/var/runtime",
        ["LANG"] = "en_US.UTF-8",
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin:/opt/bin",
        ["TZ"] = ":UTC",
        ["_HANDLER"] = "bootstrap",
    };

    private InvocationResult Ended(Invocation invocation, string errorType) => InvocationResult.Failed(
        errorType,
        HasExited
            ? $"RequestId: {invocation.RequestId} Error: Runtime exited with exit status {process.ExitCode}"
            : $"RequestId: {invocation.RequestId} Error: Runtime did not ask for an invocation in time");

    private InvocationResult TimedOut(Invocation invocation) => InvocationResult.Failed(
        "Sandbox.Timedout",
        string.Create(
            CultureInfo.InvariantCulture,
            $"RequestId: {invocation.RequestId} Error: Task timed out after {settings.Timeout.TotalSeconds:F2} seconds"));

    private void Signal(int signal)
    {
        if (settings.FreezesIdle && !HasExited)
        {
            _ = SendSignal(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SendSignal(int processId, int signal);
}
