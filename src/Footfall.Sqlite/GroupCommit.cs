using System.Diagnostics.CodeAnalysis;
using Footfall.Counting;
using Footfall.Transfer;

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

    private readonly Ledger ledger;
    private readonly string path;
    private readonly Thread thread;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards the fields below. Monitor, because the thread waits on it.
    private readonly object gate = new();
    private List<IWriteRequest> waiting = [];
    private DateOnly? purgeDue;
    private DateOnly purged;
    private bool stopping;

    /// <param name="ledger">Used by this thread alone from now on, and disposed by it.</param>
    /// <param name="path">The database, for messages.</param>
    public GroupCommit(Ledger ledger, string path)
    {
        this.ledger = ledger;
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

    /// <summary>Has the claims and salts of the days before <paramref name="firstKept"/> deleted, once.</summary>
    public void Purge(DateOnly firstKept)
    {
        lock (gate)
        {
            if (firstKept > purged)
            {
                purgeDue = firstKept;
                Monitor.Pulse(gate);
            }
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
        while (TakeGroup(out var group, out var firstKept))
        {
            Commit(DropCancelled(group));
            if (firstKept is { } day)
            {
                PurgeNow(day);
            }
        }

        Close();
    }

    /// <summary>Waits for work; false when there will be no more.</summary>
    private bool TakeGroup(out List<IWriteRequest> group, out DateOnly? firstKept)
    {
        lock (gate)
        {
            while (waiting.Count == 0 && purgeDue is null && !stopping)
            {
                Monitor.Wait(gate);
            }

            group = waiting;
            waiting = [];
            firstKept = purgeDue;
            purgeDue = null;
            return group.Count > 0 || firstKept is not null || !stopping;
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

        if (Try(group) is not { } failure)
        {
            Tell(group, request => request.Answer());
        }
        else if (group.Count == 1 || failure is SqliteFailure { IsBusy: true })
        {
            var reason = failure as TransferException ?? (Exception)Unavailable(failure);
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

    [SuppressMessage("Design", "CA1031", Justification = "The thread lives on; the failure goes to its callers.")]
    private Exception? Try(List<IWriteRequest> group)
    {
        try
        {
            ledger.Begin();
            foreach (var request in group)
            {
                request.Apply(ledger);
            }

            ledger.Commit();
            return null;
        }
        catch (Exception failure)
        {
            RollBack();
            return failure;
        }
    }

    private void RollBack()
    {
        try
        {
            ledger.RollBack();
        }
        catch (SqliteFailure)
        {
            // Then the transaction is still open, and beginning the next one fails and comes back here.
        }
    }

    private void PurgeNow(DateOnly firstKept)
    {
        try
        {
            ledger.Purge(firstKept);
            lock (gate)
            {
                purged = firstKept;
            }
        }
        catch (SqliteFailure)
        {
            // Whoever asked asks again.
            RollBack();
        }
    }

    private void Close()
    {
        ledger.Dispose();
        stopped.SetResult();
    }

    private StoreUnavailableException Unavailable(Exception failure) => new(
        failure is SqliteFailure { Predicate: var predicate }
            ? $"The database {path} {predicate}."
            : $"The database {path} did not take the request: {failure.Message}",
        failure);
}
