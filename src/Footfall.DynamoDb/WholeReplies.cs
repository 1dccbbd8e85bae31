using Amazon.Runtime;

namespace Footfall.DynamoDb;

/// <summary>
/// HTTP clients whose replies have arrived whole before the SDK reads them. It reads bodies while its thread waits, so
/// that one which halts would hold the thread, and the request, beyond any time budget.
/// </summary>
internal sealed class WholeReplies : HttpClientFactory
{
#pragma warning disable CA2000 // The client disposes of its handlers.
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
#pragma warning restore CA2000

    private sealed class Handler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = await base.SendAsync(request, cancellationToken);
            try
            {
                await reply.Content.LoadIntoBufferAsync(cancellationToken);
                return reply;
            }
            catch
            {
                reply.Dispose();
                throw;
            }
        }
    }
}
