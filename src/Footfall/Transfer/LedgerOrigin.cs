using System.Buffers;

namespace Footfall.Transfer;

/// <summary>Whose counts a ledger holds: its own, and those that were merged into it.</summary>
/// <param name="Id">The ledger's own name: random, given once, see <see cref="NewId"/>.</param>
/// <param name="Merged">
/// The ledgers whose counts are in it too, each with the one that it came by: itself, or one that had merged it
/// before. In the order of their ids.
/// </param>
public sealed record LedgerOrigin(string Id, IReadOnlyList<MergedLedger> Merged)
{
    public const int MaxIdLength = 200;

    /// <summary>Under this name a ledger keeps its own starting numbers; no other ledger has it.</summary>
    public const string StartingNumbers = "start";

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:");

    /// <summary>Every ledger whose counts are in this one, itself included.</summary>
    public IEnumerable<string> All => Merged.Select(merged => merged.Id).Prepend(Id);

    /// <summary>A random name for a new ledger.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Whether a text may be a ledger's name: 1 to 200 of A-Z a-z 0-9 - . _ : and not "start".</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxIdLength
        && !text.AsSpan().ContainsAnyExcept(IdCharacters)
        && text != StartingNumbers;

    /// <summary>
    /// Makes sure that taking over <paramref name="source"/> counts nothing twice, now and whenever it is repeated.
    /// </summary>
    /// <exception cref="TransferException">It would; the message says what is in both.</exception>
    public void RequireDisjoint(LedgerOrigin source)
    {
        if (source.All.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(ids => ids.Count() > 1) is { } twice)
        {
            throw new TransferException($"The file names the ledger {twice.Key} twice. Nothing was imported.");
        }

        if (source.Id == Id)
        {
            throw new TransferException(
                $"The file was exported from this very ledger ({Id}): its counts are here already. Nothing was imported.");
        }

        foreach (var id in source.All)
        {
            if (id == Id)
            {
                throw new TransferException(
                    $"The file's ledger {source.Id} has merged this one ({Id}): its counts would come back and be "
                    + "counted twice. Nothing was imported. Import into an empty store instead.");
            }

            if (Merged.FirstOrDefault(merged => merged.Id == id) is { } known && known.Via != source.Id)
            {
                throw new TransferException(
                    $"The counts of ledger {id} are here already, by way of {known.Via}; with this file of "
                    + $"{source.Id} they would be counted twice. Nothing was imported.");
            }
        }
    }
}

/// <summary>A ledger whose counts are part of another's.</summary>
/// <param name="Via">The ledger whose import brought them; <paramref name="Id"/> itself, or one that had merged it.</param>
public sealed record MergedLedger(string Id, string Via);
