using System.Globalization;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Sqlite;

/// <content>What is taken over from other ledgers.</content>
internal sealed partial class Ledger
{
    /// <exception cref="TransferException">Something of it is here already, by another way.</exception>
    public void BeginImport(LedgerOrigin source)
    {
        var own = imports.FindId.FindText() ?? throw new InvalidOperationException("The ledger has no id.");
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
    public Tally AddImported(string source, LedgerEntry entry)
    {
        var day = entry.Day is { } known ? known.ToString("O", CultureInfo.InvariantCulture) : "";
        var taken = imports.FindTaken.Bind(1, source).Bind(2, entry.Counter).Bind(3, day).Find(Reader.ReadTally);
        var most = Tally.Max(taken, entry.Tally);
        BindTally(imports.WriteTaken, most, entry.Counter).Bind(9, day).Bind(10, source).Run();

        var added = most - taken;
        SheetOf(entry.Counter).Add(entry.Day, added);
        return added;
    }
}
