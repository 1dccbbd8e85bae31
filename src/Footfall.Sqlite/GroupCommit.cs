using System.Diagnostics.CodeAnalysis;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// One thread that writes. All requests that wait are done in one transaction, so that they share the one wait for the
/// disk; each is answered after its commit.
/// </summary>
internal sealed class GroupCommit
{
    /// <summary>How many requests may wait; a further one is refused at once.</summary>
    public const int MaxWaiting = 10_000;

    /// <summary>How many requests are told of their outcome in one piece of work; few, so that all processors join in.</summary>
    private const int ShareSize = 4;

    private readonly Writer writer;
    private readonly string path;
    private readonly Thread thread;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards the fields below. Monitor, because the thread waits on it.
    private readonly object gate = new();
    private List<IWriteRequest> waiting = [];
    private KeptDays? purgeDue;
    private bool stopping;

    /// <param name="writer">Used by this thread alone from now on, and disposed by it.</param>
    /// <param name="path">The database, for messages.</param>
    public GroupCommit(Writer writer, string path)
    {
        this.writer = writer;
        this.path = path;
        thread = new Thread(Run) { IsBackground = true, Name = "Footfall writer" };
        thread.Start();
    }

    /// <exception cref="StoreUnavailableException">Too many requests wait already.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed, or closing.</exception>
    public void Enqueue(IWriteRequest request)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, typeof(SqliteVisitStore));
            if (waiting.Count == MaxWaiting)
            {
                throw new StoreUnavailableException(
                    $"The database {path} is too slow: {MaxWaiting} requests are waiting for it.");
            }

            waiting.Add(request);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>
    /// Has the claims and salts of other days deleted, bit by bit between the groups. What fails is done when it is asked
    /// for again.
    /// </summary>
    public void Purge(KeptDays kept)
    {
        lock (gate)
        {
            purgeDue = kept;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Does what waits, then closes the database. Completes when it is closed.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }

        return stopped.Task;
    }

    private void Run()
    {
        while (TakeGroup(out var group, out var kept))
        {
            Commit(DropCancelled(group));
            if (kept is { } days)
            {
                PurgeSome(days);
            }
        }

        Close();
    }

    /// <summary>Waits for work; false when there will be no more.</summary>
    private bool TakeGroup(out List<IWriteRequest> group, out KeptDays? kept)
    {
        lock (gate)
        {
            while (waiting.Count == 0 && purgeDue is null && !stopping)
            {
                Monitor.Wait(gate);
            }

            group = waiting;
            waiting = [];
            kept = stopping ? null : purgeDue;
            purgeDue = null;
            return group.Count > 0 || kept is not null || !stopping;
        }
    }

    private static List<IWriteRequest> DropCancelled(List<IWriteRequest> group)
    {
        var cancelled = group.FindAll(request => request.Cancellation.IsCancellationRequested);
        if (cancelled.Count == 0)
        {
            return group;
        }

        Tell(cancelled, request => request.Cancel());
        return [.. group.Except(cancelled)];
    }

    private void Commit(List<IWriteRequest> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (Try(() => Record(group)) is not { } failure)
        {
            Tell(group, request => request.Answer());
        }
        else if (group.Count == 1 || failure is SqliteFailure { IsBusy: true } or FileChangedException)
        {
            var reason = Faults.Of(path, failure);
            Tell(group, request => request.Refuse(reason));
        }
        else
        {
            // Nothing of the group was recorded. The cause may lie in one request, which must not fail the others.
            foreach (var request in group)
            {
                Commit([request]);
            }
        }
    }

    private void Record(List<IWriteRequest> group)
    {
        writer.Begin();
        foreach (var request in group)
        {
            request.Run(writer);
        }

        writer.Commit();
    }

    private void PurgeSome(KeptDays kept)
    {
        var isDone = true;
        if (Try(() => isDone = writer.Purge(kept)) is not null || isDone)
        {
            return;
        }

        lock (gate)
        {
            purgeDue ??= kept;
        }
    }

    /// <summary>
    /// Completes requests on the thread pool, where their callers then go on: never on the writer's thread, and in one
    /// piece of work for many of them, because handing a piece over costs as much as what most callers have left to do.
    /// </summary>
    private static void Tell(List<IWriteRequest> requests, Action<IWriteRequest> tell)
    {
        foreach (var share in requests.Chunk(ShareSize))
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static work =>
                {
                    foreach (var request in work.share)
                    {
                        work.tell(request);
                    }
                },
                (share, tell),
                preferLocal: false);
        }
    }

    /// <summary>
    /// The one rule for what fails on this thread, whatever it is: the transaction is undone, the failure is what the
    /// caller makes of it, and the thread goes on.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "See the summary.")]
    private Exception? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception failure)
        {
            // If that fails, too, the transaction is still open; then beginning the next one fails and comes back here.
            _ = TryRollBack();
            return failure;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "See Try.")]
    private Exception? TryRollBack()
    {
        try
        {
            writer.RollBack();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private void Close()
    {
        _ = Try(writer.Dispose);
        stopped.SetResult();
    }
}
