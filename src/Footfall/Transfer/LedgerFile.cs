using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Transfer;

/// <summary>An export: whose counts it holds, and the counts.</summary>
/// <param name="Ledger">The id of the ledger that was exported.</param>
/// <param name="Merged">The ids of the ledgers merged into it.</param>
/// <param name="Entries">One for each counter and period.</param>
public sealed record LedgerFile(string Ledger, IReadOnlyList<string> Merged, IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>The largest file that is read, in bytes; enough for a thousand counters over a thousand days.</summary>
    public const long MaxBytes = 256 * 1024 * 1024;

    /// <summary>The longest line that is read, in characters; enough for 5,000 merged ledgers with the longest names.</summary>
    public const int MaxLineLength = 1024 * 1024;

    /// <summary>The owner's links, in the order of their keys; what came by them is in the entries of their counters.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>As another ledger sees it: all that is merged came by way of the file's own.</summary>
    public LedgerOrigin Origin => new(Ledger, [.. Merged.Select(id => new MergedLedger(id, Ledger))]);

    /// <summary>Everything in a ledger, by counter and day; what belongs to no day stands first.</summary>
    public static async Task<LedgerFile> ExportAsync(ILedger ledger, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(string Counter, DateOnly? Day), LedgerEntry>();
        await foreach (var entry in ledger.ReadAllAsync(cancellationToken))
        {
            var period = (entry.Counter, entry.Day);
            sums[period] = sums.TryGetValue(period, out var sum)
                ? entry with { Tally = sum.Tally + entry.Tally, Sources = sum.Sources + entry.Sources }
                : entry;
        }

        // Asked last: what is merged meanwhile may be in the entries, and then its name must be in the file.
        var origin = await ledger.IdentifyAsync(cancellationToken);
        var entries = sums
            .OrderBy(sum => sum.Key.Counter, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Day)
            .Select(sum => sum.Value);
        return new(origin.Id, [.. origin.Merged.Select(merged => merged.Id)], [.. entries])
        {
            Links = await ledger.ReadLinksAsync(cancellationToken),
        };
    }

    /// <summary>
    /// Adds to a ledger what it does not have of this one. Safe to repeat and to continue after a failure. A link that is
    /// there already keeps its name.
    /// </summary>
    /// <exception cref="TransferException">
    /// Something would be counted twice, or a number would go over <see cref="Tally.MaxCount"/>; nothing was added,
    /// unless the other half of that number is being imported or counted at the same time.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The store does not answer; a part may have been added.</exception>
    public async Task<ImportResult> ImportAsync(
        ILedger target, IProgress<int>? entriesDone, CancellationToken cancellationToken)
    {
        await RequireRoomAsync(target, cancellationToken);
        await target.BeginImportAsync(Origin, cancellationToken);
        var added = default(ImportResult);
        foreach (var link in Links)
        {
            added = await target.AddLinkAsync(link, cancellationToken) ? added with { Links = added.Links + 1 } : added;
        }

        await AdmitAllAsync(target, cancellationToken);
        for (var done = 0; done < Entries.Count; done++)
        {
            added = added.With(await target.AddImportedAsync(Ledger, Entries[done], cancellationToken));
            entriesDone?.Report(done + 1);
        }

        return added;
    }

    /// <summary>
    /// Adds to a ledger a number to begin with, that was counted elsewhere. It is the target's own: it does not count as a
    /// merged ledger, and importing a larger number later adds the difference.
    /// </summary>
    /// <exception cref="TransferException">The number would go over <see cref="Tally.MaxCount"/>; nothing was added.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public static async Task<ImportResult> ImportStartingNumberAsync(
        ILedger target, string counter, long visits, CancellationToken cancellationToken)
    {
        await target.AdmitImportedAsync(counter, cancellationToken);
        var entry = new LedgerEntry(counter, day: null, new Tally(Visits: visits));
        return default(ImportResult).With(await target.AddImportedAsync(LedgerOrigin.StartingNumbers, entry, cancellationToken));
    }

    /// <summary>Reads a file that <see cref="JsonLinesFormat"/> or <see cref="CsvFormat"/> wrote.</summary>
    /// <param name="name">The file's, for messages.</param>
    /// <exception cref="TransferException">It is none of them, or damaged; the message names the line.</exception>
    public static async Task<LedgerFile> ReadAsync(Stream file, string name, CancellationToken cancellationToken)
    {
        if (file.CanSeek && file.Length > MaxBytes)
        {
            throw new TransferException(
                $"{name}: {file.Length} bytes; an export has at most {MaxBytes}.");
        }

        var lines = new LedgerLines(name);
        using var reader = new StreamReader(file, leaveOpen: true);
        await lines.AddAllAsync(new LineReader(reader, MaxLineLength), cancellationToken);
        return lines.Complete();
    }

    // Of a link that is no page's: it is a counter because the link is there.
    private async Task AdmitAllAsync(ILedger target, CancellationToken cancellationToken)
    {
        var keys = Entries.Select(entry => entry.Counter)
            .Where(key => !key.StartsWith(Link.CounterPrefix, StringComparison.Ordinal));
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            await target.AdmitImportedAsync(key, cancellationToken);
        }
    }

    /// <summary>Makes sure that no number of the target would become too large by all of the entries together.</summary>
    private async Task RequireRoomAsync(ILedger target, CancellationToken cancellationToken)
    {
        foreach (var entries in Entries.GroupBy(entry => entry.Counter, StringComparer.Ordinal))
        {
            var total = await target.ReadTotalAsync(entries.Key, cancellationToken);
            if (HasRoom(total, entries.Select(entry => entry.Tally)))
            {
                continue;
            }

            // Rarely asked: a part of it may have been taken over before, and is not added again.
            var taken = await ReadTakenAsync(target, entries.Key, cancellationToken);
            var added = entries.Select(entry =>
                entry.NewSince(taken.TryGetValue(PeriodOf(entry), out var known) ? known : null).Tally);
            if (!HasRoom(total, added))
            {
                throw new TransferException(
                    $"With this file a number of the counter {entries.Key} would go over {Tally.MaxCount}, the largest "
                    + "that is kept. Nothing was imported.");
            }
        }
    }

    private async Task<Dictionary<int, LedgerEntry>> ReadTakenAsync(
        ILedger target, string counter, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<int, LedgerEntry>();
        await foreach (var entry in target.ReadTakenAsync(Ledger, cancellationToken))
        {
            if (entry.Counter == counter)
            {
                taken[PeriodOf(entry)] = entry;
            }
        }

        return taken;
    }

    private static int PeriodOf(LedgerEntry entry) => entry.Day?.DayNumber ?? -1;

    private static bool HasRoom(Tally total, IEnumerable<Tally> added)
    {
        foreach (var tally in added)
        {
            total += tally;
            if (!total.IsStorable)
            {
                return false;
            }
        }

        return true;
    }
}
