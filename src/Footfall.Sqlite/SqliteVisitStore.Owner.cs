using Footfall.Reporting;

namespace Footfall.Sqlite;

/// <content>What the owner keeps beside the counts.</content>
public sealed partial class SqliteVisitStore : ILinkStore, IReportMarks
{
    public async Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
        Read(() => reader.IsAdmitted(family, key), cancellationToken)
        || (ceiling > 0 && await ChangeAsync(writer => writer.Admit(family, key, ceiling), cancellationToken));

    public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.ReadAdmitted(family), cancellationToken));

    public Task<bool> AddLinkAsync(Link link, CancellationToken cancellationToken) =>
        ChangeAsync(writer => writer.AddLink(link), cancellationToken);

    public Task<IReadOnlyList<Link>> ReadLinksAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader.ReadLinks, cancellationToken));

    public Task<bool> HasLinkAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.HasLink(key), cancellationToken));

    public Task<bool> RenameLinkAsync(string key, string name, CancellationToken cancellationToken) =>
        ChangeAsync(writer => writer.RenameLink(key, name), cancellationToken);

    public Task<bool> RemoveLinkAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync(writer => writer.RemoveLink(key), cancellationToken);

    public Task<string?> FindMarkAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.FindMark(name), cancellationToken));

    public Task<bool> ReplaceMarkAsync(string name, string? found, string value, CancellationToken cancellationToken) =>
        ChangeAsync(writer => writer.ReplaceMark(name, found, value), cancellationToken);

    private Task<bool> ChangeAsync(Func<Writer, bool> change, CancellationToken cancellationToken) => WriteAsync<bool>(
        writer =>
        {
            var changed = change(writer);
            return () => changed;
        },
        cancellationToken);
}
