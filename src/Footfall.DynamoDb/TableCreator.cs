using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Makes the table, for those who have no Terraform.</summary>
public static class TableCreator
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Creates the table (on demand, keys <c>pk</c> and <c>sk</c>), waits until it is active and sets its TTL. Safe to
    /// repeat: a table that exists is left as it is, apart from its TTL, which is set when it was off.
    /// </summary>
    /// <returns>False when the table existed.</returns>
    /// <exception cref="StoreUnavailableException">DynamoDB refuses or does not answer.</exception>
    public static async Task<bool> CreateAsync(
        IAmazonDynamoDB client, string name, CancellationToken cancellationToken)
    {
        try
        {
            var created = await TryCreateAsync(client, name, cancellationToken);
            await WaitUntilActiveAsync(client, name, cancellationToken);
            await EnableExpiryAsync(client, name, cancellationToken);
            return created;
        }
        catch (Exception failure) when (failure is Amazon.Runtime.AmazonServiceException
            or Amazon.Runtime.AmazonClientException or HttpRequestException)
        {
            throw new StoreUnavailableException($"The table {name} cannot be made: {failure.Message}", failure);
        }
    }

    private static async Task<bool> TryCreateAsync(
        IAmazonDynamoDB client, string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(Definition(name), cancellationToken);
            return true;
        }
        catch (ResourceInUseException)
        {
            return false;
        }
    }

    private static CreateTableRequest Definition(string name) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions =
        [
            new() { AttributeName = TableLayout.PartitionKey, AttributeType = ScalarAttributeType.S },
            new() { AttributeName = TableLayout.SortKey, AttributeType = ScalarAttributeType.S },
        ],
        KeySchema =
        [
            new() { AttributeName = TableLayout.PartitionKey, KeyType = KeyType.HASH },
            new() { AttributeName = TableLayout.SortKey, KeyType = KeyType.RANGE },
        ],
    };

    private static async Task WaitUntilActiveAsync(
        IAmazonDynamoDB client, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await client.DescribeTableAsync(new DescribeTableRequest { TableName = name }, cancellationToken);
            if (answer.Table.TableStatus == TableStatus.ACTIVE)
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task EnableExpiryAsync(
        IAmazonDynamoDB client, string name, CancellationToken cancellationToken)
    {
        var answer = await client.DescribeTimeToLiveAsync(
            new DescribeTimeToLiveRequest { TableName = name }, cancellationToken);
        if (answer.TimeToLiveDescription.TimeToLiveStatus != TimeToLiveStatus.DISABLED)
        {
            return;
        }

        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = name,
                TimeToLiveSpecification = new() { AttributeName = TableLayout.Expires, Enabled = true },
            },
            cancellationToken);
    }
}
