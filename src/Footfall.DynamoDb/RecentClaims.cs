using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// When the latest visitors were last counted, as far as this instance knows: it counted them itself, or a refusal
/// told it. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>It chooses the transaction that is tried first. Another instance may have counted a visitor since, which the
/// transaction's own condition finds out. Only a repeat's has none: a claim is never taken back and its moment only
/// grows, so a visitor known to be counted inside the window is a repeat for certain.</para>
/// <para>Only in memory, only pseudonyms, and for no longer than <see cref="Retention"/> allows: what is due goes with
/// the first claim of a new day, as the salts in memory do.</para>
/// </remarks>
internal sealed class RecentClaims
{
    /// <summary>How many visitors are remembered at most; of the latest, at least half as many are.</summary>
    public const int Capacity = 10_000;

    private readonly Lock gate = new();

    // When the first is full it becomes the second, whose visitors are forgotten.
    private Dictionary<Pseudonym, DateTimeOffset> latest = [];
    private Dictionary<Pseudonym, DateTimeOffset> earlier = [];
    private DateOnly today;

    /// <summary>What to take the visitor for.</summary>
    public ClaimCase CaseOf(VisitorClaim claim)
    {
        lock (gate)
        {
            ForgetDaysBefore(claim.Day);
            var countedToday = Find(claim.Visitor);
            var countedYesterday = claim.VisitorYesterday is { } yesterday ? Find(yesterday) : null;
            return countedToday > claim.WindowStart || countedYesterday > claim.WindowStart ? ClaimCase.Repeating
                : countedToday is not null ? ClaimCase.Returning
                : ClaimCase.Newcomer;
        }
    }

    /// <summary>Remembers when a visitor was counted, unless a later moment is known.</summary>
    public void Remember(Pseudonym visitor, DateTimeOffset countedAt)
    {
        lock (gate)
        {
            if (Find(visitor) >= countedAt)
            {
                return;
            }

            if (latest.Count == Capacity / 2)
            {
                (earlier, latest) = (latest, []);
            }

            latest[visitor] = countedAt;
        }
    }

    private DateTimeOffset? Find(Pseudonym visitor) =>
        latest.TryGetValue(visitor, out var countedAt) || earlier.TryGetValue(visitor, out countedAt)
            ? countedAt
            : null;

    private void ForgetDaysBefore(DateOnly day)
    {
        if (day <= today)
        {
            return;
        }

        today = day;
        ForgetDue(latest);
        ForgetDue(earlier);
    }

    // A pseudonym's day is the one on which it was counted. Removing does not disturb the enumeration.
    private void ForgetDue(Dictionary<Pseudonym, DateTimeOffset> claims)
    {
        var now = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        foreach (var (visitor, countedAt) in claims)
        {
            if (Retention.Expiry(DateOnly.FromDateTime(countedAt.UtcDateTime)) <= now)
            {
                claims.Remove(visitor);
            }
        }
    }
}
