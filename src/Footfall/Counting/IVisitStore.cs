namespace Footfall.Counting;

/// <summary>
/// Where counts live. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>Every recording is one atomic and durable operation: when its task has completed, the count survives the
/// loss of the process and, as far as the medium promises it, of the machine; when it failed with
/// <see cref="StoreUnavailableException"/>, either nothing was recorded or the request was recorded once without its
/// answer arriving. It is never recorded in part and never twice.</para>
/// <para>Every method throws <see cref="StoreUnavailableException"/> when the store does not answer, and
/// <see cref="OperationCanceledException"/> when <c>cancellationToken</c> was cancelled first; after that, too, the
/// request may have been recorded once.</para>
/// </remarks>
public interface IVisitStore
{
    /// <summary>
    /// The salt of <paramref name="day"/>: the stored one, or <paramref name="candidate"/> when there was none.
    /// All callers that ever ask for one day are given the same salt, in whatever process they run.
    /// </summary>
    Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken);

    /// <summary>The salt of <paramref name="day"/>, or null when there is none, or it is due for deletion.</summary>
    Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken);

    /// <summary>Records a request whose outcome needed no visitor: adds one to the day and to all time.</summary>
    /// <param name="outcome">Bot, prefetch or opted-out.</param>
    Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken);

    /// <summary>
    /// Records the request of a visitor, deciding its outcome and adding to the day and to all time in one step:
    /// <list type="bullet">
    /// <item>repeat, when the visitor (or the visitor under yesterday's salt) was last counted after
    /// <see cref="VisitorClaim.WindowStart"/>;</item>
    /// <item>limited, when the visitor has not been counted today and the address has already brought
    /// <see cref="VisitRules.AddressLimit"/> visitors today;</item>
    /// <item>visit otherwise: the visitor is now last counted at <see cref="VisitorClaim.At"/>, and a visitor not
    /// counted today before is also one more visitor, of the counter and of the address.</item>
    /// </list>
    /// Repeat and limited leave the visitor's last counted moment as it was.
    /// </summary>
    Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken);

    /// <summary>The ledger of all time; zeros for a counter that has not been used.</summary>
    Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken);

    /// <summary>
    /// The ledgers of the days from <paramref name="from"/> to <paramref name="to"/>, both included, in their order;
    /// days without a request are left out.
    /// </summary>
    Task<IReadOnlyList<DailyTally>> ReadDaysAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Completes when the store can record; throws when it cannot. Changes nothing.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
