using System.Runtime.CompilerServices;
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

    public Task BeginImportAsync(LedgerOrigin source, CancellationToken cancellationToken) => WriteAsync<bool>(
        writer =>
        {
            writer.BeginImport(source);
            return () => true;
        },
        cancellationToken);

    public Task AdmitImportedAsync(string key, CancellationToken cancellationToken) => WriteAsync<bool>(
        writer =>
        {
            writer.AdmitImported(key);
            return () => true;
        },
        cancellationToken);

    public Task<LedgerEntry> AddImportedAsync(string source, LedgerEntry entry, CancellationToken cancellationToken) =>
        WriteAsync<LedgerEntry>(
            writer =>
            {
                var added = writer.AddImported(source, entry);
                return () => added;
            },
            cancellationToken);
}
