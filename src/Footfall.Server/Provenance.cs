using System.Net;

namespace Footfall.Server;

/// <summary>Where a request came from, as far as that can be believed.</summary>
/// <param name="Client">The last address on the way here that is no proxy of ours.</param>
/// <param name="Host">The host that the reader asked for, where a proxy of ours says so; null otherwise.</param>
/// <param name="IsForwarded">Whether a proxy of ours says for whom it asks.</param>
/// <param name="IsContradictory">Whether the two fields that say for whom name two; then neither is believed.</param>
internal readonly record struct Provenance(IPAddress Client, string? Host, bool IsForwarded, bool IsContradictory);
