using Amazon.DynamoDBv2.Model;
using Footfall.Reporting;

namespace Footfall.DynamoDb;

/// <content>
/// What the owner keeps beside the counts. What answers whether something was there is a transaction, because an attempt
/// whose answer is lost has a token by which the next one is told the same answer. Removing a link takes
/// <c>DeleteItem</c>, with the owner's own credentials.
/// </content>
public sealed partial class DynamoDbVisitStore : ILinkStore, IReportMarks
{
    private const string Exists = "attribute_exists(pk)";
    private const string IsNew = "attribute_not_exists(pk)";

    /// <inheritdoc/>
    public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
        admitted.AdmitAsync(family, key, ceiling, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
        admitted.ReadAsync(family, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddLinkAsync(Link link, CancellationToken cancellationToken)
    {
        var item = LinkKey(link.Key);
        item[TableLayout.LinkName] = TableLayout.Text(link.Name);
        item[TableLayout.Created] = TableLayout.Text(TableLayout.Name(link.Created));
        var transaction = new Transaction();
        transaction.Add(TransactionPart.Link, new Put { TableName = table, Item = item, ConditionExpression = IsNew });
        return TryAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Link>> ReadLinksAsync(CancellationToken cancellationToken)
    {
        var links = new List<Link>();
        await foreach (var item in PartitionAsync(TableLayout.Links, cancellationToken))
        {
            links.Add(new(
                item[TableLayout.SortKey].S,
                item[TableLayout.LinkName].S,
                TableLayout.DayNamed(item[TableLayout.Created].S)));
        }

        return links;
    }

    /// <inheritdoc/>
    public async Task<bool> HasLinkAsync(string key, CancellationToken cancellationToken) =>
        await FindAsync(LinkKey(key), client.Start(), cancellationToken) is not null;

    /// <inheritdoc/>
    public Task<bool> RenameLinkAsync(string key, string name, CancellationToken cancellationToken)
    {
        var transaction = new Transaction();
        transaction.Add(
            TransactionPart.Link,
            new Update
            {
                TableName = table,
                Key = LinkKey(key),
                UpdateExpression = $"SET {TableLayout.LinkName} = :name",
                ConditionExpression = Exists,
                ExpressionAttributeValues = new() { [":name"] = TableLayout.Text(name) },
            });
        return TryAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveLinkAsync(string key, CancellationToken cancellationToken)
    {
        var transaction = new Transaction();
        transaction.Add(
            TransactionPart.Link, new Delete { TableName = table, Key = LinkKey(key), ConditionExpression = Exists });
        return TryAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> FindMarkAsync(string name, CancellationToken cancellationToken)
    {
        var item = await FindAsync(TableLayout.Key(TableLayout.Marks, name), client.Start(), cancellationToken);
        return item?[TableLayout.Mark].S;
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceMarkAsync(string name, string? found, string value, CancellationToken cancellationToken)
    {
        var put = new Put { TableName = table, Item = TableLayout.Key(TableLayout.Marks, name), ConditionExpression = IsNew };
        put.Item[TableLayout.Mark] = TableLayout.Text(value);
        if (found is not null)
        {
            put.ConditionExpression = $"{TableLayout.Mark} = :found";
            put.ExpressionAttributeValues = new() { [":found"] = TableLayout.Text(found) };
        }

        var transaction = new Transaction();
        transaction.Add(TransactionPart.Mark, put);
        return TryAsync(transaction, cancellationToken);
    }

    private static Dictionary<string, AttributeValue> LinkKey(string key) => TableLayout.Key(TableLayout.Links, key);

    private async Task<bool> TryAsync(Transaction transaction, CancellationToken cancellationToken) =>
        await client.TransactAsync(transaction, client.Start(), cancellationToken) is null;

    private async Task<Dictionary<string, AttributeValue>?> FindAsync(
        Dictionary<string, AttributeValue> key, Deadline deadline, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = key, ConsistentRead = true };
        var answer = await client.GetAsync(request, deadline, cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private IAsyncEnumerable<Dictionary<string, AttributeValue>> PartitionAsync(
        string partition, CancellationToken cancellationToken) =>
        client.ItemsAsync(TableLayout.Partition(table, partition), client.Start(), cancellationToken);
}
