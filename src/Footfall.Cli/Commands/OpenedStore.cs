using Amazon.Runtime;
using Footfall.Cli.Settings;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Reporting;
using Footfall.Sqlite;
using Footfall.Transfer;

namespace Footfall.Cli.Commands;

/// <summary>The store that an owner chose, found to work.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private readonly IDisposable? client;

    private OpenedStore(
        IVisitStore store, ILedger ledger, ILinkStore links, IReportMarks marks, string place, IDisposable? client = null)
    {
        Store = store;
        Ledger = ledger;
        Links = links;
        Marks = marks;
        Place = place;
        this.client = client;
    }

    public IVisitStore Store { get; }

    /// <summary>The same store, as what can be moved and merged.</summary>
    public ILedger Ledger { get; }

    /// <summary>The same store, as where the owner's links are kept.</summary>
    public ILinkStore Links { get; }

    /// <summary>The same store, as what knows what was told already.</summary>
    public IReportMarks Marks { get; }

    /// <summary>Where the counts are, for the owner to read.</summary>
    public string Place { get; }

    /// <param name="warn">Is told what no request fails by; the same text may come many times.</param>
    /// <exception cref="CommandException">It cannot be used; the message says why.</exception>
    public static async Task<OpenedStore> OpenAsync(
        ServeSettings settings,
        TimeProvider clock,
        Random dice,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        if (settings.DynamoDbTable is { } table)
        {
            return await OpenTableAsync(table, clock, dice, cancellationToken);
        }

        var options = new SqliteStoreOptions { DailyVisitors = settings.DailyVisitors, Warn = warn };
        return OpenFile(settings.DatabaseFile, clock, options);
    }

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable store)
        {
            await store.DisposeAsync();
        }

        client?.Dispose();
    }

    private static OpenedStore OpenFile(string file, TimeProvider clock, SqliteStoreOptions options)
    {
        try
        {
            var store = SqliteVisitStore.Open(file, clock, options);
            return new OpenedStore(store, store, store, store, file);
        }
        catch (SqliteStoreException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    private static async Task<OpenedStore> OpenTableAsync(
        DynamoDbStoreOptions options, TimeProvider clock, Random dice, CancellationToken cancellationToken)
    {
        try
        {
            var dynamoDb = DynamoDbClients.Create();
            var store = new DynamoDbVisitStore(dynamoDb, options, clock, dice);
            var opened = new OpenedStore(store, store, store, store, $"the DynamoDB table {options.TableName}", dynamoDb);
            await opened.Store.CheckAsync(cancellationToken);
            return opened;
        }
        catch (Exception e) when (e is StoreUnavailableException or AmazonClientException)
        {
            throw new CommandException(
                $"The DynamoDB table {options.TableName} cannot be used: {e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}. "
                + "Region, keys and endpoint are looked for where AWS's tools do, such as AWS_REGION and AWS_PROFILE.",
                e);
        }
    }
}
