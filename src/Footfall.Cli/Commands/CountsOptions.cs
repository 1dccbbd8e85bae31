using System.CommandLine;
using Footfall.Cli.Settings;

namespace Footfall.Cli.Commands;

/// <summary>Where the counts are that a command reads or adds to: named as for <c>footfall serve</c>.</summary>
internal sealed class CountsOptions
{
    private readonly SettingsReader reader;
    private readonly Dictionary<Setting, Option<string[]>> options;

    /// <param name="command">Is given the options.</param>
    /// <param name="further">What the command wants to know beside it.</param>
    public CountsOptions(Command command, SettingsReader reader, params IEnumerable<Setting> further)
    {
        this.reader = reader;
        options = ServeSettings.Counts.Concat(further).ToDictionary(setting => setting, setting => new Option<string[]>(setting.Option)
        {
            Description = setting.Description,
            HelpName = setting.Value,
        });
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="CommandException">They cannot be used, or, unless <paramref name="mayBeNew"/>, are not there.</exception>
    public async Task<OpenedStore> OpenAsync(
        ParseResult line, bool mayBeNew, TimeProvider clock, Random dice, CancellationToken cancellationToken)
    {
        var settings = Read(line);
        if (!mayBeNew && settings.DynamoDbTable is null)
        {
            RequireFile(settings);
        }

        return await OpenedStore.OpenAsync(
            settings,
            clock,
            dice,
            warning => line.InvocationConfiguration.Error.WriteLine($"note: {warning}"),
            cancellationToken);
    }

    /// <summary>Where the database is.</summary>
    /// <exception cref="CommandException">There is none, or the counts are in a table.</exception>
    public string FindFile(ParseResult line)
    {
        var settings = Read(line);
        if (settings.DynamoDbTable is { TableName: var table })
        {
            throw new CommandException(
                $"The counts are in the DynamoDB table {table}, which AWS keeps backups of itself (point-in-time recovery). "
                + "footfall export writes what is in it to a file.");
        }

        RequireFile(settings);
        return settings.DatabaseFile;
    }

    /// <summary>The settings, of which the command's options say a part.</summary>
    /// <exception cref="CommandException">A value is no such setting's.</exception>
    public ServeSettings Read(ParseResult line) =>
        ServeSettings.From(reader.Read(ServeSettings.All, setting => ChosenOn(line, setting)));

    private static void RequireFile(ServeSettings settings)
    {
        if (!File.Exists(settings.DatabaseFile))
        {
            throw new CommandException(
                $"There are no counts at {settings.DatabaseFile}. Say where they are with --data DIR, or with "
                + "--store dynamodb --table NAME.");
        }
    }

    private string[]? ChosenOn(ParseResult line, Setting setting) =>
        options.TryGetValue(setting, out var option) && line.GetResult(option) is not null ? line.GetValue(option) : null;
}
