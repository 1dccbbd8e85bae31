using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Footfall.DynamoDb;

/// <summary>
/// The SDK's client, whose two most frequent requests share one instantiation of its pipeline's generic types, instead of
/// one for each kind of answer.
/// </summary>
/// <remarks>
/// A native program prepares each such instantiation when it first meets it: a cold start took 48.9 ms with one for each
/// answer and 44.6 with one for all, forty starts in turn (docs/benchmarks.md). The price is the use of the
/// SDK's own marshallers, which are public and meant for its generated code.
/// </remarks>
internal sealed class SharedPipelineClient : AmazonDynamoDBClient
{
    private static readonly InvokeOptions Getting = new()
    {
        RequestMarshaller = GetItemRequestMarshaller.Instance,
        ResponseUnmarshaller = GetItemResponseUnmarshaller.Instance,
    };

    private static readonly InvokeOptions Transacting = new()
    {
        RequestMarshaller = TransactWriteItemsRequestMarshaller.Instance,
        ResponseUnmarshaller = TransactWriteItemsResponseUnmarshaller.Instance,
    };

    public SharedPipelineClient(AmazonDynamoDBConfig config)
        : base(config)
    {
    }

    public SharedPipelineClient(AWSCredentials credentials, AmazonDynamoDBConfig config)
        : base(credentials, config)
    {
    }

    public override async Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default) =>
        (GetItemResponse)await SendAsync(request, Getting, cancellationToken);

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
        (TransactWriteItemsResponse)await SendAsync(request, Transacting, cancellationToken);

    private Task<AmazonWebServiceResponse> SendAsync(
        AmazonDynamoDBRequest request, InvokeOptions options, CancellationToken cancellationToken) =>
        InvokeAsync<AmazonWebServiceResponse>(request, options, cancellationToken);
}
