using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Transfer;

/// <summary>
/// All that a store has counted, and its links, as something with a name of its own that can be moved and merged. What
/// could recognise a visitor is never part of it.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store does not answer.</remarks>
public interface ILedger : ILinkStore
{
    /// <summary>The ledger's name, which is made when it is first asked for, and what has been merged into it.</summary>
    Task<LedgerOrigin> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Everything that is counted, in no particular order; several entries of one counter and period belong together.
    /// No entry is ever smaller than in an earlier reading, even while requests are being counted.
    /// </summary>
    IAsyncEnumerable<LedgerEntry> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>The tally of all time; zeros for a counter that has not been used.</summary>
    Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken);

    /// <summary>What has been taken over from <paramref name="source"/> so far, in no particular order.</summary>
    IAsyncEnumerable<LedgerEntry> ReadTakenAsync(string source, CancellationToken cancellationToken);

    /// <summary>
    /// Notes, before its entries are added, that <paramref name="source"/> and all that it has merged are being taken
    /// over. Atomic, and without effect when it was noted before.
    /// </summary>
    /// <exception cref="TransferException">See <see cref="LedgerOrigin.RequireDisjoint"/>.</exception>
    Task BeginImportAsync(LedgerOrigin source, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a key a counter of whichever family it is of, for <see cref="IVisitStore.AdmitAsync"/>, without taking room of
    /// it: what was counted elsewhere is not lost for want of room here.
    /// </summary>
    Task AdmitImportedAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Adds that part of an entry which has not been taken over from <paramref name="source"/> before, and notes it,
    /// in one atomic and durable operation. Each number of a ledger only grows, so this comes to the same in whatever
    /// order, and however often, the entries of its exports are added.
    /// </summary>
    /// <returns>What was added: see <see cref="LedgerEntry.NewSince"/>.</returns>
    /// <exception cref="TransferException">
    /// A number would go over <see cref="Tally.MaxCount"/>; nothing of the entry was added.
    /// </exception>
    Task<LedgerEntry> AddImportedAsync(string source, LedgerEntry entry, CancellationToken cancellationToken);
}
