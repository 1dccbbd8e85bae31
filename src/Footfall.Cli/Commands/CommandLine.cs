using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Footfall.Cli.Printing;
using Footfall.Server;

namespace Footfall.Cli.Commands;

/// <summary>Runs what was typed.</summary>
internal static class CommandLine
{
    /// <summary>The command of a line that names none.</summary>
    private const string Default = "serve";

    private const int Failure = 1;

    // Only the server has requests to answer first.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Says also where in the program a failure came about.",
        Recursive = true,
    };

    /// <param name="isErrorTerminal">Whether <paramref name="error"/> is read by a person while it is written.</param>
    /// <returns>The exit code: 0, or 1 after a line on <paramref name="error"/> that says what is wrong.</returns>
    public static async Task<int> RunAsync(
        Command root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error, bool isErrorTerminal = false)
    {
        await using var shown = new Printer(output);
        await using var told = new Printer(error, isErrorTerminal);
        return await ParseAsync(root, arguments, shown, told);
    }

    private static async Task<int> ParseAsync(
        Command root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var line = root.Parse(NamesNone(root, arguments) ? [Default, .. arguments] : arguments);
        if (line.Errors.Count > 0)
        {
            var mistake = line.UnmatchedTokens.Count > 0
                ? $"'{line.UnmatchedTokens[0]}' is not known here."
                : line.Errors[0].Message;
            await error.WriteLineAsync($"footfall: {mistake} Try: footfall {CommandOf(root, line)}--help");
            return Failure;
        }

        return await InvokeAsync(line, output, error);
    }

    private static async Task<int> InvokeAsync(ParseResult line, TextWriter output, TextWriter error)
    {
        // The requests that are being answered have their own bound; the server's lies behind it.
        using var signals = new StopSignals(line.CommandResult.Command.Name == Default ? WebServer.GracePeriod * 2 : Patience);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var code = await line.InvokeAsync(configuration, signals.Token);
            // The server has more to do than to be read; of anything else a program would take a part for the whole.
            return code == 0 && line.CommandResult.Command.Name != Default && output is Printer { Failure: { } lost }
                ? await FailAsync($"Not all that there is to say could be written: {lost.Message}", lost)
                : code;
        }
        catch (CommandException e)
        {
            return await FailAsync(e.Message, e);
        }
        catch (OperationCanceledException e) when (signals.ExitCode != 0)
        {
            _ = await FailAsync("Stopped before it was done.", e);
            return signals.ExitCode;
        }
#pragma warning disable CA1031 // Whatever it is, a person gets a line, not a dump.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await FailAsync(
                $"{e.Message.ReplaceLineEndings(" ").TrimEnd('.')} ({e.GetType().Name}). --verbose says where.", e);
        }

        async Task<int> FailAsync(string message, Exception exception)
        {
            await error.WriteLineAsync($"footfall: {message}");
            if (line.GetValue(Verbose))
            {
                await error.WriteLineAsync(exception.ToString());
            }

            return Failure;
        }
    }

    private static bool NamesNone(Command root, IReadOnlyList<string> arguments) =>
        arguments.Count == 0 || (arguments[0].StartsWith('-') && !root.Options.Any(option => option is HelpOption or VersionOption && Has(option, arguments[0])));

    private static bool Has(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    private static string CommandOf(Command root, ParseResult line) =>
        string.Concat(PathTo(line.CommandResult).Where(command => command != root).Select(command => $"{command.Name} "));

    // From the root to what was typed last.
    private static IEnumerable<Command> PathTo(CommandResult result) =>
        [.. result.Parent is CommandResult parent ? PathTo(parent) : [], result.Command];
}
