using System.Net;

namespace Footfall.Counting;

/// <summary>A request to count, as the counting rules see it.</summary>
/// <param name="Counter">A configured counter's key.</param>
/// <param name="Address">Where it came from, as the host vouches for it.</param>
/// <param name="UserAgent">The browser's name for itself; empty when it gave none.</param>
/// <param name="Signals">What the browser and the page said of it.</param>
/// <param name="Source">Where it came from, should it be a visit.</param>
public readonly record struct Arrival(
    string Counter, IPAddress Address, string UserAgent, VisitSignals Signals, Source Source = default);
