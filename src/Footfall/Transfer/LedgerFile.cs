using Footfall.Counting;

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

    /// <summary>As another ledger sees it: all that is merged came by way of the file's own.</summary>
    public LedgerOrigin Origin => new(Ledger, [.. Merged.Select(id => new MergedLedger(id, Ledger))]);

    /// <summary>
    /// A number to begin with, that was counted elsewhere. It is the target's own: it does not count as a merged
    /// ledger, and importing a larger number later adds the difference.
    /// </summary>
    public static LedgerEntry StartingNumber(string counter, long visits) =>
        new(counter, Day: null, new Tally(Visits: visits));

    /// <summary>Everything in a ledger, by counter and day; what belongs to no day stands first.</summary>
    public static async Task<LedgerFile> ExportAsync(ILedger ledger, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(string Counter, DateOnly? Day), Tally>();
        await foreach (var entry in ledger.ReadAllAsync(cancellationToken))
        {
            var period = (entry.Counter, entry.Day);
            sums[period] = sums.GetValueOrDefault(period) + entry.Tally;
        }

        // Asked last: what is merged meanwhile may be in the entries, and then its name must be in the file.
        var origin = await ledger.IdentifyAsync(cancellationToken);
        var entries = sums
            .OrderBy(sum => sum.Key.Counter, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Day)
            .Select(sum => new LedgerEntry(sum.Key.Counter, sum.Key.Day, sum.Value));
        return new(origin.Id, [.. origin.Merged.Select(merged => merged.Id)], [.. entries]);
    }

    /// <summary>
    /// Adds to a ledger what it does not have of this one. Safe to repeat and to continue after a failure.
    /// </summary>
    /// <returns>What was added, over all counters and days.</returns>
    /// <exception cref="TransferException">
    /// Something would be counted twice, or a number would go over <see cref="Tally.MaxCount"/>; nothing was added,
    /// unless the other half of that number is being imported or counted at the same time.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The store does not answer; a part may have been added.</exception>
    public async Task<Tally> ImportAsync(
        ILedger target, IProgress<int>? entriesDone, CancellationToken cancellationToken)
    {
        await RequireRoomAsync(target, cancellationToken);
        await target.BeginImportAsync(Origin, cancellationToken);
        var added = default(Tally);
        for (var done = 0; done < Entries.Count; done++)
        {
            added += await target.AddImportedAsync(Ledger, Entries[done], cancellationToken);
            entriesDone?.Report(done + 1);
        }

        return added;
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

    /// <summary>What an entry adds where a part of it was taken over before: each number only grows.</summary>
    public static Tally NewIn(LedgerEntry entry, Tally taken) => Tally.Max(entry.Tally, taken) - taken;

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
            var added = entries.Select(entry => NewIn(entry, taken.GetValueOrDefault(PeriodOf(entry))));
            if (!HasRoom(total, added))
            {
                throw new TransferException(
                    $"With this file a number of the counter {entries.Key} would go over {Tally.MaxCount}, the largest "
                    + "that is kept. Nothing was imported.");
            }
        }
    }

    private async Task<Dictionary<int, Tally>> ReadTakenAsync(
        ILedger target, string counter, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<int, Tally>();
        await foreach (var entry in target.ReadTakenAsync(Ledger, cancellationToken))
        {
            if (entry.Counter == counter)
            {
                taken[PeriodOf(entry)] = entry.Tally;
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
