using System.Globalization;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Sqlite;

/// <content>What is taken over from other ledgers.</content>
internal sealed partial class Writer
{
    /// <exception cref="TransferException">Something of it is here already, by another way.</exception>
    public void BeginImport(LedgerOrigin source)
    {
        var own = imports.FindId.FindText() ?? throw Damage.NoName();
        var known = source.All
            .Select(id => (Id: id, Via: imports.FindVia.Bind(1, id).FindText()))
            .Where(merged => merged.Via is not null)
            .Select(merged => new MergedLedger(merged.Id, merged.Via!));
        new LedgerOrigin(own, [.. known]).RequireDisjoint(source);
        foreach (var id in source.All)
        {
            imports.AddMerged.Bind(1, id).Bind(2, source.Id).Run();
        }
    }

    /// <summary>Adds what is new, in the group's transaction; returns it.</summary>
    public LedgerEntry AddImported(string source, LedgerEntry entry)
    {
        var day = entry.Day is { } known ? known.ToString("O", CultureInfo.InvariantCulture) : "";
        var taken = imports.FindTaken.Bind(1, source).Bind(2, entry.Counter).Bind(3, day)
            .Find<LedgerEntry?>(row => entry with { Tally = row.Tally(), Sources = row.Sources(7) });
        var added = entry.NewSince(taken);
        RequireRoom(entry.Counter, added.Tally);
        BindTally(imports.WriteTaken, (taken?.Tally ?? default) + added.Tally, entry.Counter)
            .Bind(9, day).Bind(10, source).Run();
        SheetOf(entry.Counter).Add(entry.Day, added.Tally);
        AddImportedSources(source, added, taken?.Sources ?? SourceCounts.None);
        return added;
    }

    private void AddImportedSources(string source, LedgerEntry added, SourceCounts taken)
    {
        if (added.Day is not { } day)
        {
            return;
        }

        foreach (var (from, visits) in added.Sources.All)
        {
            SheetOf(added.Counter).AddSource(day, from, visits);
            imports.WriteTakenSource.Bind(1, source).Bind(2, added.Counter).Bind(3, day)
                .Bind(4, from.Name).Bind(5, taken.From(from) + visits).Run();
        }
    }

    private void RequireRoom(string counter, Tally added)
    {
        var total = imports.FindTotal.Bind(1, counter).Find(row => row.Tally()) + SheetOf(counter).Sum;
        if (!(total + added).IsStorable)
        {
            throw new TransferException(
                $"With the next entry a number of the counter {counter} would go over {Tally.MaxCount}, the largest that "
                + "is kept. Nothing of it was added.");
        }
    }
}
