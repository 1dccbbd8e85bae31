using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Footfall.Tests.Cli;

/// <summary>
/// The <c>footfall</c> command as an owner runs it: a process of its own, in a folder. It is the managed build, or the
/// program that the environment variable <c>TESTED_FOOTFALL</c> names.
/// </summary>
public sealed class FootfallProcess : IAsyncDisposable
{
    private static readonly string[] Program = Environment.GetEnvironmentVariable("TESTED_FOOTFALL") is { Length: > 0 } file
        ? [file]
        : ["dotnet", Path.Combine(AppContext.BaseDirectory, "Footfall.Cli.dll")];

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FootfallProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Collect(output, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => TextOf(output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => TextOf(error);

    public int Id => process.Id;

    /// <param name="folder">Where it is started.</param>
    /// <param name="environment">What it finds in the environment beside what it needs to run.</param>
    public static FootfallProcess Start(
        string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        StartProgram(Program, folder, arguments, environment);

    /// <param name="folder">Where it is started.</param>
    /// <param name="redirection">Where its output goes, as a shell has it: <c>> /dev/full</c>.</param>
    /// <param name="arguments">What is typed behind its name.</param>
    public static FootfallProcess StartRedirected(string folder, string redirection, params string[] arguments) =>
        StartProgram(["bash", "-c", $"exec \"$@\" {redirection}", "bash", .. Program], folder, arguments);

    /// <summary>
    /// Starts it where a person types: on a (pseudo) terminal, whose text is its <see cref="Output"/>. Programs in
    /// <paramref name="folder"/> are found first.
    /// </summary>
    public static FootfallProcess StartOnTerminal(string folder, params string[] arguments) => StartProgram(
        ["bash", "-c", "PATH=$PWD:$PATH exec script --quiet --return --command \"$(printf '%q ' \"$@\")\" /dev/null", "bash", .. Program],
        folder,
        arguments);

    /// <param name="program">How that one is started: a file, and what comes before the command's own arguments.</param>
    public static FootfallProcess StartProgram(
        string[] program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        // A shell that runs the tests in the background has Ctrl-C ignored, which processes hand down; env undoes it.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. program] : program;
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FOOTFALL_", StringComparison.Ordinal)))
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new FootfallProcess(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<FootfallProcess> RunAsync(
        string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var footfall = Start(folder, arguments, environment);
        _ = await footfall.WaitForExitAsync();
        return footfall;
    }

    /// <summary>The exit code, of a process that has ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The address on its first line.</summary>
    public async Task<Uri> WaitForUrlAsync()
    {
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await Task.WhenAny(firstLine.Task, ended) == ended
            ? throw new InvalidOperationException($"footfall ended with {ExitCode}: {Error}")
            : new Uri(await firstLine.Task);
    }

    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Waits until what it wrote has a text.</summary>
    public async Task WaitForAsync(Func<FootfallProcess, string> written, string text)
    {
        // Far longer than it takes: a test that waits for ever does not say for what.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!written(this).Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"footfall ended: {Error}");
            Assert.False(patience.IsCancellationRequested, $"footfall has not written '{text}' but: {written(this)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <param name="signal">For example INT, which Ctrl-C is, or TERM.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it without warning (SIGKILL), unless it has ended.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Collect(StringBuilder written, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (written)
        {
            written.AppendLine(line);
        }

        if (written == output)
        {
            firstLine.TrySetResult(line);
        }
    }

    private static string TextOf(StringBuilder written)
    {
        lock (written)
        {
            return written.ToString();
        }
    }
}
