using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.DynamoDb;

/// <summary>The table of the original Python counter: one item, with its key <c>ID</c> and its count <c>Visits</c>.</summary>
public static class OriginalTable
{
    private const string Count = "Visits";

    /// <summary>
    /// What the table counted, as belonging to no day, from a ledger that is named after the table: importing it again
    /// adds what has been counted there since.
    /// </summary>
    /// <param name="counter">The counter to which it is to belong.</param>
    /// <exception cref="TransferException">There is not just one item with a number of visits.</exception>
    /// <exception cref="StoreUnavailableException">DynamoDB refuses or does not answer.</exception>
    public static async Task<LedgerFile> ReadAsync(
        IAmazonDynamoDB client, string table, string counter, CancellationToken cancellationToken)
    {
        var items = await ScanAsync(client, table, cancellationToken);
        if (items.Count != 1)
        {
            throw new TransferException(
                $"The table {table} has {(items.Count == 0 ? "no items" : "several items")}; expected one, with ID and "
                + $"{Count}. Read its number yourself and import it with --start N.");
        }

        if (!items[0].TryGetValue(Count, out var value)
            || !long.TryParse(value.N ?? value.S, NumberStyles.None, CultureInfo.InvariantCulture, out var visits)
            || visits > Tally.MaxCount)
        {
            throw new TransferException(
                $"The item of the table {table} has {Describe(items[0])}; expected {Count}, a whole number from 0 to "
                + $"{Tally.MaxCount}.");
        }

        return new($"table:{table}", [], [new(counter, day: null, new Tally(Visits: visits))]);
    }

    private static async Task<List<Dictionary<string, AttributeValue>>> ScanAsync(
        IAmazonDynamoDB client, string table, CancellationToken cancellationToken)
    {
        try
        {
            // Two are enough to see that there is more than one.
            var request = new ScanRequest { TableName = table, ConsistentRead = true, Limit = 2 };
            return (await client.ScanAsync(request, cancellationToken)).Items ?? [];
        }
        catch (Exception failure) when (
            failure is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new StoreUnavailableException($"The table {table} cannot be read: {failure.Message}", failure);
        }
    }

    private static string Describe(Dictionary<string, AttributeValue> item) => string.Join(
        ", ",
        item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
            .Select(attribute => $"{attribute.Key} = {attribute.Value.N ?? attribute.Value.S ?? "(no number)"}"));
}
