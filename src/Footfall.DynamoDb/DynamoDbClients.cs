using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>Makes the SDK's clients as the store needs them.</summary>
public static class DynamoDbClients
{
    /// <summary>
    /// A client that takes endpoint, region and credentials from where the SDK looks for them
    /// (<c>AWS_ENDPOINT_URL_DYNAMODB</c> and <c>AWS_REGION</c> among others).
    /// </summary>
    /// <exception cref="StoreUnavailableException">It finds no region; the message says what to set.</exception>
    public static AmazonDynamoDBClient Create()
    {
        try
        {
            return new SharedPipelineClient(Configure(new AmazonDynamoDBConfig()));
        }
        catch (AmazonClientException failure)
        {
            throw new StoreUnavailableException(
                $"DynamoDB cannot be reached: {failure.Message} Set AWS_REGION, or AWS_ENDPOINT_URL_DYNAMODB.", failure);
        }
    }

    /// <summary>A client for a table at a known place: DynamoDB Local, or what speaks its API.</summary>
    /// <param name="endpoint">For example <c>http://127.0.0.1:8000</c>.</param>
    public static AmazonDynamoDBClient Create(Uri endpoint, AWSCredentials credentials) =>
        new SharedPipelineClient(credentials, Configure(new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString() }));

    private static AmazonDynamoDBConfig Configure(AmazonDynamoDBConfig config)
    {
        // The store retries (RetryingClient); a second layer below it would spend its time budget unseen.
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        config.ThrottleRetries = false;
        config.EndpointDiscoveryEnabled = false;
        config.DisableLogging = true;
        config.HttpClientFactory = new BufferedHttpClientFactory();
        return config;
    }
}
