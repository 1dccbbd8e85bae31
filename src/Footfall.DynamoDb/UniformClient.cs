using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Footfall.DynamoDb;

/// <summary>
/// The SDK's client, whose most frequent requests go through its pipeline as one generic type instead of one for each
/// kind of answer. A native program prepares each handler of the pipeline for each such type when it first meets it,
/// which was a fifth of a cold start; so it is done once.
/// </summary>
internal sealed class UniformClient : AmazonDynamoDBClient
{
    private static readonly InvokeOptions Getting = new()
    {
        RequestMarshaller = GetItemRequestMarshaller.Instance,
        ResponseUnmarshaller = GetItemResponseUnmarshaller.Instance,
    };

    private static readonly InvokeOptions Querying = new()
    {
        RequestMarshaller = QueryRequestMarshaller.Instance,
        ResponseUnmarshaller = QueryResponseUnmarshaller.Instance,
    };

    private static readonly InvokeOptions Transacting = new()
    {
        RequestMarshaller = TransactWriteItemsRequestMarshaller.Instance,
        ResponseUnmarshaller = TransactWriteItemsResponseUnmarshaller.Instance,
    };

    public UniformClient(AmazonDynamoDBConfig config)
        : base(config)
    {
    }

    public UniformClient(AWSCredentials credentials, AmazonDynamoDBConfig config)
        : base(credentials, config)
    {
    }

    public override async Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default) =>
        (GetItemResponse)await SendAsync(request, Getting, cancellationToken);

    public override async Task<QueryResponse> QueryAsync(
        QueryRequest request, CancellationToken cancellationToken = default) =>
        (QueryResponse)await SendAsync(request, Querying, cancellationToken);

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
        (TransactWriteItemsResponse)await SendAsync(request, Transacting, cancellationToken);

    private Task<AmazonWebServiceResponse> SendAsync(
        AmazonDynamoDBRequest request, InvokeOptions options, CancellationToken cancellationToken) =>
        InvokeAsync<AmazonWebServiceResponse>(request, options, cancellationToken);
}
