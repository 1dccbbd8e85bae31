using System.Diagnostics;
using System.Text;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>What a program printed, both streams in the order in which the lines came, and how it ended.</summary>
internal sealed record ToolResult(string Command, int ExitCode, string Output)
{
    /// <exception cref="InvalidOperationException">It ended otherwise; the message has what it printed.</exception>
    public ToolResult Expect(int exitCode = 0) => ExitCode == exitCode
        ? this
        : throw new InvalidOperationException($"'{Command}' ended with {ExitCode} instead of {exitCode}:\n{Output}");
}

/// <summary>Runs a program of this machine, in the repository's folder, with nothing on its standard input.</summary>
internal static class Tool
{
    // Before the machine's own programs come those that script/install-emulator installed, where it had to.
    internal static readonly string SearchPath =
        Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "emulator", "bin")
        + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

    /// <param name="program">By its name on the PATH, or by its path in the repository.</param>
    /// <param name="environment">Variables to set; one that is null is taken away.</param>
    public static async Task<ToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var process = new Process { StartInfo = Describe(program, arguments, environment) };
        var output = new StringBuilder();
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var command = $"{program} {string.Join(' ', process.StartInfo.ArgumentList)}";
        return new(command, process.ExitCode, output.ToString());

        void Collect(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                lock (output)
                {
                    output.AppendLine(line.Data);
                }
            }
        }
    }

    public static bool IsOnPath(string program) => SearchPath.Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    public static void Require(string program) => Prerequisite.Require(IsOnPath(program), program);

    private static ProcessStartInfo Describe(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var file = program.Contains('/', StringComparison.Ordinal)
            ? Path.Combine(Prerequisite.RepositoryRoot, program)
            : program;
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Prerequisite.RepositoryRoot,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = SearchPath },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                _ = start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
