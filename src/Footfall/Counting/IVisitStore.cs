namespace Footfall.Counting;

/// <summary>
/// Where counts live. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>Every recording is one atomic and durable operation: when its task has completed, the count survives the
/// loss of the process and, as far as the medium promises it, of the machine; when it failed with
/// <see cref="StoreUnavailableException"/>, either nothing was recorded or the request was recorded once without its
/// answer arriving. It is never recorded in part and never twice.</para>
/// <para>So a caller who asks again after a failure makes a second request of it. A visitor's second request is a
/// repeat; of an outcome that needs no visitor nothing is remembered, and it is tallied a second time.</para>
/// <para>Every method throws <see cref="StoreUnavailableException"/> when the store does not answer, when what it
/// holds is damaged, and when a number would go over <see cref="Tally.MaxCount"/>; and
/// <see cref="OperationCanceledException"/> when <c>cancellationToken</c> was cancelled first; after that, too, the
/// request may have been recorded once.</para>
/// </remarks>
public interface IVisitStore
{
    /// <summary>
    /// The salt of <paramref name="day"/>: the stored one, or <paramref name="candidate"/> when there was none.
    /// All callers that ever ask for one day are given the same salt, in whatever process they run.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// By the store's clock the day's <see cref="Retention.Expiry"/> has passed (none is made for it), or the stored one
    /// is damaged. The message names the clock.
    /// </exception>
    Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken);

    /// <summary>The salt of <paramref name="day"/>, or null when there is none, or it is due for deletion.</summary>
    Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken);

    /// <summary>Records a request whose outcome needed no visitor: adds one to the day and to all time.</summary>
    /// <param name="outcome">Bot, prefetch or opted-out.</param>
    Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken);

    /// <summary>
    /// Records the request of a visitor, deciding its outcome and adding to the day and to all time in one step:
    /// <list type="bullet">
    /// <item>repeat, when the visitor, or the visitor under yesterday's salt where it is given, was last counted after
    /// <see cref="VisitorClaim.WindowStart"/>;</item>
    /// <item>limited, when the visitor has not been counted today and the address has already brought
    /// <see cref="VisitRules.AddressLimit"/> visitors today, or its network
    /// <see cref="VisitRules.NetworkLimit"/>;</item>
    /// <item>visit otherwise: the visitor is now last counted at <see cref="VisitorClaim.At"/>, under yesterday's salt,
    /// too, where it is given; and a visitor not counted today before is also one more visitor, of the counter, of the
    /// address and of its network. Its <see cref="VisitorClaim.Source"/> is one more of the day's.</item>
    /// </list>
    /// Repeat and limited leave the visitor's last counted moment as it was.
    /// </summary>
    /// <remarks>
    /// <para>Claims may arrive in any order. A last counted moment only ever grows: a claim from before it is a repeat,
    /// however much earlier it is, and leaves the moment as it was. So no two counted moments of a visitor lie closer
    /// together than the window.</para>
    /// <para>Over midnight this holds because a visit in a day's first window is noted under yesterday's salt as well:
    /// a claim of yesterday that arrives behind it finds it there, without knowing the salt of the day after.</para>
    /// </remarks>
    Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken);

    /// <summary>The tally of all time; zeros for a counter that has not been used.</summary>
    Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken);

    /// <summary>
    /// The tallies of the days from <paramref name="from"/> to <paramref name="to"/>, both included, and of all time, as
    /// they are at one moment.
    /// </summary>
    Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a key of a family of counters may be counted: it was admitted before, or imported, or the family has room for
    /// one more, which it then takes. Atomic: a family never admits more keys than its ceiling.
    /// </summary>
    /// <param name="family">The family's name, such as <c>/blog/*</c>.</param>
    /// <param name="ceiling">
    /// How many keys the family may have; one that was admitted under a higher ceiling stays. With 0 it only tells, and
    /// writes nothing.
    /// </param>
    Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken);

    /// <summary>The keys of a family that were admitted or imported, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when the store can record; throws when it cannot. Changes no count. However often it is asked, it
    /// costs the medium no more than one write a second.
    /// </summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
