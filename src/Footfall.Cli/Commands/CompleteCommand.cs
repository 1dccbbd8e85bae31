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
            var text = line.GetRequiredValue(Line);
            var position = Math.Clamp(line.GetRequiredValue(Position), 0, text.Length);
            var before = text[..position];
            var begun = before[(before.LastIndexOf(' ') + 1)..];
            foreach (var completion in root.Parse(text).GetCompletions(position).Where(completion => Continues(completion.InsertText!, begun)))
            {
                line.InvocationConfiguration.Output.WriteLine(completion.InsertText);
            }
        });
        return command;
    }

    /// <summary>Whether it begins as what was typed does, and is no further name of help; a shell shows all that it is told.</summary>
    private static bool Continues(string completion, string begun) =>
        completion.StartsWith(begun, StringComparison.Ordinal) && completion[0] != '/' && completion != "-?";
}
