using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Footfall.Cli.Settings;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Sqlite;
using Footfall.Transfer;

namespace Footfall.Cli.Commands;

/// <summary>Where the counts are that a command reads or adds to: a database, or a table.</summary>
internal sealed class CountsOptions(SettingsReader reader)
{
    private readonly Option<string[]> data = new("--data")
    {
        Description = "The counts of footfall serve, in footfall.db there. [default: as footfall serve finds them]",
        HelpName = "DIR",
    };

    private readonly Option<string?> table = new("--table")
    {
        Description = "The counts in this DynamoDB table instead; place and credentials as for the AWS command line.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(table);
    }

    /// <summary>Opens the counts.</summary>
    /// <param name="mayBeNew">Whether a database may be made.</param>
    /// <exception cref="CommandException">They cannot be opened.</exception>
    public OpenedCounts Open(ParseResult line, bool mayBeNew, TimeProvider clock, Random random) =>
        line.GetValue(table) is { } name ? OpenTable(line, name, clock, random) : OpenDatabase(line, mayBeNew, clock);

    [SuppressMessage("Reliability", "CA2000", Justification = "Closed by what is returned.")]
    private OpenedCounts OpenTable(ParseResult line, string name, TimeProvider clock, Random random)
    {
        if (line.GetResult(data) is not null)
        {
            throw new CommandException("--data and --table exclude each other; give one.");
        }

        try
        {
            var client = DynamoDbClients.Create();
            var options = new DynamoDbStoreOptions { TableName = name, TimeBudget = DynamoDbStoreOptions.MaxTimeBudget };
            return new($"the table {name}", new DynamoDbVisitStore(client, options, clock, random), client);
        }
        catch (StoreUnavailableException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Closed by what is returned.")]
    private OpenedCounts OpenDatabase(ParseResult line, bool mayBeNew, TimeProvider clock)
    {
        var file = ServeSettings.From(reader.Read(ServeSettings.All, FromLine)).DatabaseFile;
        if (!mayBeNew && !File.Exists(file))
        {
            throw new CommandException($"There are no counts at {file}. Say where they are with --data DIR or --table NAME.");
        }

        try
        {
            var store = SqliteVisitStore.Open(file, clock);
            return new(file, store, store);
        }
        catch (SqliteStoreException e)
        {
            throw new CommandException(e.Message, e);
        }

        string[]? FromLine(Setting setting) =>
            setting.Option == data.Name && line.GetResult(data) is not null ? line.GetValue(data) : null;
    }
}

/// <summary>Counts that a command works on.</summary>
/// <param name="Name">Where they are, for messages.</param>
/// <param name="Owner">What is closed with them.</param>
internal sealed record OpenedCounts(string Name, ILedger Ledger, object Owner) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        switch (Owner)
        {
            case IAsyncDisposable owner:
                await owner.DisposeAsync();
                break;
            case IDisposable owner:
                owner.Dispose();
                break;
        }
    }
}
