using System.Runtime.CompilerServices;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Sqlite;

/// <content>Moving and merging.</content>
public sealed partial class SqliteVisitStore : ILedger
{
    public Task<LedgerOrigin> IdentifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader.ReadOrigin, cancellationToken));

    public async IAsyncEnumerable<LedgerEntry> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Read(reader.ReadAll, cancellationToken))
        {
            yield return entry;
        }
    }

    public async IAsyncEnumerable<LedgerEntry> ReadTakenAsync(
        string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Read(() => reader.ReadTaken(source), cancellationToken))
        {
            yield return entry;
        }
    }

    public Task BeginImportAsync(LedgerOrigin source, CancellationToken cancellationToken) =>
        Write(new BeginImportRequest(source, cancellationToken));

    public Task<Tally> AddImportedAsync(string source, LedgerEntry entry, CancellationToken cancellationToken) =>
        Write(new AddImportedRequest(source, entry, cancellationToken));

    private sealed class BeginImportRequest(LedgerOrigin source, CancellationToken cancellation)
        : WriteRequest<bool>(cancellation)
    {
        private TransferException? refusal;

        public override void Apply(Ledger ledger)
        {
            try
            {
                refusal = null;
                ledger.BeginImport(source);
            }
            catch (TransferException overlap)
            {
                // Nothing was written, and the group's other requests go on.
                refusal = overlap;
            }
        }

        public override void Answer()
        {
            if (refusal is null)
            {
                SetResult(true);
            }
            else
            {
                SetException(refusal);
            }
        }
    }

    private sealed class AddImportedRequest(string source, LedgerEntry entry, CancellationToken cancellation)
        : WriteRequest<Tally>(cancellation)
    {
        private Tally added;

        public override void Apply(Ledger ledger) => added = ledger.AddImported(source, entry);

        public override void Answer() => SetResult(added);
    }
}
