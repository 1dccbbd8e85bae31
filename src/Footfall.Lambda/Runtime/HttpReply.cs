using System.Net;

namespace Footfall.Lambda.Runtime;

/// <summary>A reply as it came.</summary>
/// <param name="Headers">The last of each name, found whatever its case.</param>
public sealed record HttpReply(
    HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
