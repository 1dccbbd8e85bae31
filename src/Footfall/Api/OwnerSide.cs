using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>What is the owner's alone.</summary>
/// <param name="Links">The links that the owner gave out.</param>
/// <param name="Key">What opens the owner's numbers; null when nothing does.</param>
/// <param name="WrongKeys">Holds back addresses that try keys; null where a gateway in front does.</param>
public sealed record OwnerSide(ILinkStore Links, OwnerKey? Key = null, AddressThrottle? WrongKeys = null);
