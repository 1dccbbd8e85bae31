using System.Net;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Api;

/// <summary>The API itself, without HTTP around it.</summary>
public sealed class InProcessHost(VisitsApi api) : IHttpHost
{
    public IPAddress Client { get; init; } = IPAddress.Loopback;

    /// <summary>The API over a store, with the settings of <see cref="HttpCases"/>.</summary>
    public static VisitsApi Api(IVisitStore store, TimeProvider clock, AddressThrottle? throttle = null) => Api(
        store, new OwnerKey(OwnerKey.DigestOf(HttpCases.OwnerKey)), PublicNumbers.Ledger, clock, throttle);

    /// <summary>The same for an owner who publishes nothing, and has no key.</summary>
    public static VisitsApi UnpublishedApi(IVisitStore store, TimeProvider clock) =>
        Api(store, ownerKey: null, PublicNumbers.Nothing, clock, throttle: null);

    private static VisitsApi Api(
        IVisitStore store, OwnerKey? ownerKey, PublicNumbers published, TimeProvider clock, AddressThrottle? throttle) => new(
        new VisitCounter(store, HttpCases.Rules, clock, RandomNumberGenerator.Create()),
        store,
        new OwnerSide(store as ILinkStore ?? new MemoryVisitStore(), ownerKey),
        new CounterKeys(HttpCases.Counters),
        new AllowedOrigins([HttpCases.AllowedOrigin]),
        clock,
        published,
        throttle);

    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var request = new ApiRequest
        {
            Method = call.Method,
            Path = Uri.UnescapeDataString(call.Path),
            Query = call.Query,
            Header = name => call.Header(name) ?? (name == "Host" ? "localhost" : null),
            Body = call.Body[..Math.Min(call.Body.Length, ApiRequest.MaxBodyBytes + 1)],
            ClientAddress = Client,
        };
        var response = await api.HandleAsync(request, cancellationToken);
        return new HttpAnswer(response.Status, response.Headers, response.Body);
    }
}
