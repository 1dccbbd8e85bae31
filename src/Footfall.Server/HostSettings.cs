using System.Net;
using Footfall.Api;
using Footfall.Counting;

namespace Footfall.Server;

/// <summary>How the server answers: all that an owner may choose, but for the site and the store.</summary>
public sealed record HostSettings
{
    public const int DefaultPort = 8080;
    public const int DefaultRequestsPerMinute = 300;
    public const int MaxRequestsPerMinute = 1_000_000;

    /// <summary>Where to listen; port 0 is any free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, DefaultPort);

    public CounterKeys Counters { get; init; } = new([]);

    public AllowedOrigins Origins { get; init; } = new([]);

    public VisitRules Rules { get; init; } = new();

    /// <summary>How many counting requests an address may send in a minute; null for any number.</summary>
    public int? RequestsPerMinute { get; init; } = DefaultRequestsPerMinute;

    public TrustedProxies TrustedProxies { get; init; } = new([]);

    /// <summary>
    /// Whether it listens where only programs of this machine can call, a proxy among them: it is then believed, and
    /// names that are not this server's are refused, as the page may be a draft.
    /// </summary>
    public bool IsLocal { get; init; }

    /// <summary>What everybody may read of the numbers.</summary>
    public PublicNumbers Public { get; init; } = PublicNumbers.Count;

    /// <summary>What opens the owner's numbers; null when nothing does.</summary>
    public OwnerKey? OwnerKey { get; init; }

    /// <summary>What a proxy may leave before every path: such as <c>/cv</c>, or empty.</summary>
    public string BasePath { get; init; } = "";
}
