using System.Net;

namespace Footfall.Api;

/// <summary>An HTTP request as a host hands it on: translated, not judged.</summary>
public sealed class ApiRequest
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaxBodyBytes = 1024;

    /// <summary>The method as it was sent; methods are case-sensitive (RFC 9110, section 9.1).</summary>
    public required string Method { get; init; }

    /// <summary>The path, percent-decoded, from its first slash on.</summary>
    public required string Path { get; init; }

    /// <summary>The query as it was sent, without its question mark; empty when there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>
    /// Finds a field's value by its name, whatever its case; several lines of one field are joined with ", "
    /// (RFC 9110, section 5.2). Null when the field was not sent.
    /// </summary>
    public required Func<string, string?> Header { get; init; }

    /// <summary>
    /// The body. A host need not read more than one byte beyond <see cref="MaxBodyBytes"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// The host, and its port where it is not the scheme's own, that the reader asked for, when a proxy that this
    /// host trusts says so; null otherwise. The field <c>Host</c> may then be the proxy's own.
    /// </summary>
    public string? ForwardedHost { get; init; }

    /// <summary>Where the request came from, by what the host knows and not by what a client can set.</summary>
    public required IPAddress ClientAddress { get; init; }
}
