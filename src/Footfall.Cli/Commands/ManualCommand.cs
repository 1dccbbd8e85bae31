using System.CommandLine;

namespace Footfall.Cli.Commands;

/// <summary>Writes what all the helps say as a page for man(1): packaging/footfall.1.</summary>
internal static class ManualCommand
{
    /// <param name="root">What is described.</param>
    public static Command Create(Command root)
    {
        var command = new Command("manual", "Prints the page for man.") { Hidden = true };
        command.SetAction(line => Write(root, line.InvocationConfiguration.Output));
        return command;
    }

    private static void Write(Command root, TextWriter page)
    {
        page.WriteLine($".TH {root.Name.ToUpperInvariant()} 1 \"\" {root.Name}");
        page.WriteLine($".SH NAME\n{root.Name} \\- {Text(root.Description!)}");
        page.WriteLine($".SH SYNOPSIS\n.B {root.Name}\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...");
        page.WriteLine($".SH DESCRIPTION\nWithout a command it is \\fB{root.Name} serve\\fR.");
        page.WriteLine(".SH OPTIONS");
        WriteOptions(root, page);
        page.WriteLine(".SH COMMANDS");
        WriteCommands(root, root.Name, page);
    }

    private static void WriteCommands(Command parent, string path, TextWriter page)
    {
        foreach (var command in parent.Subcommands.Where(command => !command.Hidden))
        {
            var arguments = string.Concat(command.Arguments.Select(argument => $" <{argument.HelpName ?? argument.Name}>"));
            page.WriteLine($".SS {Text($"{path} {command.Name}{arguments}")}\n{Text(command.Description!)}");
            WriteOptions(command, page);
            if (command is CommandWithNotes { Notes: var notes })
            {
                page.WriteLine($".PP\n.nf\n{Text(notes)}\n.fi");
            }

            WriteCommands(command, $"{path} {command.Name}", page);
        }
    }

    private static void WriteOptions(Command command, TextWriter page)
    {
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Where(alias => alias[0] == '-' && alias != "-?").Append(option.Name));
            var value = option.HelpName is { } name ? $" <{name}>" : "";
            page.WriteLine($".TP\n.B {Text(names + value)}\n{Text(option.Description!)}");
        }
    }

    /// <summary>A hyphen is a minus, so that options can be copied, and nothing that begins a line is an instruction.</summary>
    private static string Text(string text) => string.Join(
        '\n',
        text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.Length == 0
            ? ".sp"
            : (line[0] is '.' or '\'' ? "\\&" : "") + line.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)));
}
