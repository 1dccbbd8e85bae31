namespace Footfall.Counting;

/// <summary>The answer to a counted request, given after the count is durable.</summary>
/// <param name="Outcome">What the request came to.</param>
/// <param name="Visits">The counter's visits of all time, this request's included.</param>
/// <param name="Visitors">The counter's visitors of all time, this request's included.</param>
public readonly record struct Receipt(Outcome Outcome, long Visits, long Visitors);
