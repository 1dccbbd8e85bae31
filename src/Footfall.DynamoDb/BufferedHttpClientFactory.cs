using Amazon.Runtime;

namespace Footfall.DynamoDb;

/// <summary>
/// HTTP clients that buffer a reply before the SDK reads it. The SDK reads bodies while its thread waits, so that one
/// which halts would hold the thread, and the request, beyond any time budget.
/// </summary>
internal sealed class BufferedHttpClientFactory : HttpClientFactory
{
#pragma warning disable CA2000 // The client disposes of its handlers.
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new BufferingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
#pragma warning restore CA2000

    private sealed class BufferingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
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
