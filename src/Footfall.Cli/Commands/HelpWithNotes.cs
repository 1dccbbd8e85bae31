using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Footfall.Cli.Commands;

/// <summary>A command whose help ends with more than its options.</summary>
/// <param name="notes">Written as it is: examples first.</param>
internal sealed class CommandWithNotes(string name, string description, string notes) : Command(name, description)
{
    public string Notes { get; } = notes;
}

/// <summary>The usual help of a command, and its notes below.</summary>
internal sealed class HelpWithNotes : SynchronousCommandLineAction
{
    private readonly HelpAction help = new();

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithNotes { Notes: var notes })
        {
            parseResult.InvocationConfiguration.Output.WriteLine(notes);
        }

        return code;
    }
}
