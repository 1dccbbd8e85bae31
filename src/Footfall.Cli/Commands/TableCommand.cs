using System.CommandLine;
using Footfall.Cli.Printing;
using Footfall.DynamoDb;

namespace Footfall.Cli.Commands;

/// <summary>Makes the DynamoDB table, for those who have no Terraform.</summary>
internal static class TableCommand
{
    private const string Notes = """
        Examples:
          footfall table create footfall
          AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000 footfall table create footfall

        Region and credentials are those of the AWS command line.
        """;

    private static readonly Argument<string> Name = new("name") { Description = "The table's name.", HelpName = "NAME" };

    public static Command Create(TimeProvider clock)
    {
        var create = new CommandWithNotes(
            "create", "Makes a table, on demand, whose claims and salts expire. One that exists keeps its items.", Notes)
        {
            Name,
        };
        create.SetAction((line, stop) => RunAsync(line.GetRequiredValue(Name), line.InvocationConfiguration, clock, stop));
        return new Command("table", "Looks after a DynamoDB table.") { create };
    }

    private static async Task RunAsync(string name, InvocationConfiguration console, TimeProvider clock, CancellationToken stop)
    {
        var output = console.Output;
        await output.WriteLineAsync($"making the table {name}");
        await using var progress = new Progress(console.Error, "waiting for the table", clock);
        var made = await Failures.ExplainAsync(async () =>
        {
            using var client = DynamoDbClients.Create();
            return await TableCreator.CreateAsync(client, name, stop);
        });
        await output.WriteLineAsync(made ? $"The table {name} is ready." : $"The table {name} was there, and is ready.");
    }
}
