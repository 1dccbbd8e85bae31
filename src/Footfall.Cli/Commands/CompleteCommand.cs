using System.CommandLine;

namespace Footfall.Cli.Commands;

/// <summary>Answers a shell that completes what is being typed: packaging/completion.</summary>
internal static class CompleteCommand
{
    private static readonly Argument<int> Position = new("position") { Description = "Where the cursor is." };

    private static readonly Argument<string> Line = new("line") { Description = "What was typed so far." };

    /// <param name="root">What is completed.</param>
    public static Command Create(Command root)
    {
        var command = new Command("complete", "Prints what may stand at a place of a line, one a line.")
        {
            Position, Line,
        };
        command.Hidden = true;
        command.SetAction(line =>
        {
            var typed = root.Parse(line.GetRequiredValue(Line));
            foreach (var completion in typed.GetCompletions(line.GetRequiredValue(Position)))
            {
                line.InvocationConfiguration.Output.WriteLine(completion.InsertText);
            }
        });
        return command;
    }
}
