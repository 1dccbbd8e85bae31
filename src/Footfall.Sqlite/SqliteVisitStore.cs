using System.Diagnostics;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>Counts in one SQLite file, which several processes of one machine may share.</summary>
public sealed partial class SqliteVisitStore : IVisitStore, IAsyncDisposable
{
    // Nobody waits for an answer yet, and others may be opening the same new file.
    private static readonly TimeSpan OpeningBusyTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpeningPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Reader reader;
    private readonly GroupCommit commits;
    private readonly SettledClock settled;
    private readonly ITimer purgeTimer;

    // Guards what is below, and the settled clock.
    private readonly Lock gate = new();
    private Task check = Task.CompletedTask;
    private long? checkedAt;

    private SqliteVisitStore(string path, TimeProvider clock, Reader reader, Writer writer)
    {
        this.path = path;
        this.clock = clock;
        this.reader = reader;
        commits = new GroupCommit(writer, path);
        settled = new SettledClock(clock);

        // A look at the date each minute, rather than one timer for midnight, holds when the machine has slept, when
        // its clock was put right, and when a purge has failed.
        purgeTimer = clock.CreateTimer(_ => Purge(), state: null, PurgeInterval, PurgeInterval);
    }

    /// <summary>
    /// Opens the database, makes it and its directory if need be. What is past its time is deleted when the clock has
    /// shown for two minutes that it is.
    /// </summary>
    /// <param name="path">The file; SQLite keeps two more beside it, with <c>-wal</c> and <c>-shm</c> added.</param>
    /// <exception cref="SqliteStoreException">It cannot be used; the message says why and what would help.</exception>
    public static SqliteVisitStore Open(string path, TimeProvider clock, SqliteStoreOptions? options = null)
    {
        var chosen = options ?? new SqliteStoreOptions();
        var full = Path.GetFullPath(path);
        MakeFile(full);
        try
        {
            var writing = OpenForWriting(full, chosen.BusyTimeout);
            try
            {
                var reading = OpenForReading(full, chosen.BusyTimeout);
                return new SqliteVisitStore(full, clock, new Reader(reading), new Writer(writing, chosen));
            }
            catch
            {
                writing.Dispose();
                throw;
            }
        }
        catch (SqliteFailure failure)
        {
            throw new SqliteStoreException($"The database {full} {failure.Predicate}.", failure);
        }
    }

    public async Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() is var now && now >= Retention.Expiry(day))
        {
            throw SaltFaults.Expired(day, now);
        }

        return Read(() => reader.FindSalt(day), cancellationToken)
            ?? await WriteAsync<Salt>(
                writer =>
                {
                    var salt = writer.GetOrAddSalt(day, candidate);
                    return () => salt;
                },
                cancellationToken);
    }

    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) => Task.FromResult(
        clock.GetUtcNow() >= Retention.Expiry(day) ? null : Read(() => reader.FindSalt(day), cancellationToken));

    public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
        WriteAsync<Receipt>(writer => writer.Add(counter, day, outcome).Settle, cancellationToken);

    public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) =>
        WriteAsync<Receipt>(writer => writer.Claim(claim).Settle, cancellationToken);

    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.ReadTotal(counter), cancellationToken));

    public Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.ReadDaily(counter, from, to), cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            // All who ask within a second share one answer, be it good or bad.
            if (checkedAt is not { } before || (check.IsCompleted && clock.GetElapsedTime(before) >= CheckInterval))
            {
                checkedAt = clock.GetTimestamp();
                check = WriteAsync<bool>(
                    writer =>
                    {
                        writer.Touch();
                        return () => true;
                    },
                    CancellationToken.None);
            }

            return check.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Answers what is waiting, then moves the write-ahead log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await purgeTimer.DisposeAsync();
        reader.Dispose();
        await commits.StopAsync();
    }

    private void Purge()
    {
        lock (gate)
        {
            if (settled.Read() is { } now)
            {
                commits.Purge(KeptDays.Around(now));
            }
        }
    }

    private Task<T> WriteAsync<T>(Func<Writer, Func<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new WriteRequest<T>(work, cancellationToken);
        commits.Enqueue(request);
        return request.Task;
    }

    private T Read<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is SqliteFailure or FormatException)
        {
            throw Faults.Of(path, failure);
        }
    }

    internal static Connection OpenForWriting(string path, TimeSpan busyTimeout)
    {
        var connection = Connection.Open(path, OpeningBusyTimeout);
        try
        {
            // In one transaction, so that all that is looked at is of one moment: another process may be making it.
            connection.Execute("BEGIN");
            Schema.Check(connection, path);
            connection.Execute("COMMIT");
            if (UseWriteAheadLog(connection) is not "wal")
            {
                throw new SqliteStoreException(
                    $"The database {path} is on a file system without shared memory, such as a network share. "
                    + "Choose a place on a local disk.");
            }

            // An answered request is on the disk, on macOS, too, where fsync alone leaves it in the disk's cache
            // (https://sqlite.org/pragma.html#pragma_fullfsync); a deleted one is overwritten.
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA fullfsync = ON");
            connection.Execute("PRAGMA checkpoint_fullfsync = ON");
            connection.Execute("PRAGMA secure_delete = ON");
            CopyBeforeUpgrade.Keep(connection, path);
            connection.Execute("BEGIN IMMEDIATE");
            Schema.Create(connection);
            connection.Execute("COMMIT");

            // What was made, or a crash has left in the log, is in the file itself before it is counted in.
            _ = connection.TryTruncateLog(busyTimeout);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <returns>The journal mode that the file is in afterwards.</returns>
    private static string? UseWriteAheadLog(Connection connection)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return connection.QueryText("PRAGMA journal_mode = WAL");
            }
            catch (SqliteFailure failure) when (
                failure.IsBusy && Stopwatch.GetElapsedTime(start) < OpeningBusyTimeout)
            {
                // SQLite does not wait here, because two that read and wait for each other would wait for ever.
                Thread.Sleep(OpeningPause);
            }
        }
    }

    private static Connection OpenForReading(string path, TimeSpan busyTimeout)
    {
        var connection = Connection.Open(path, busyTimeout);
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>Makes the directory and an empty file that only their owner can read: the salts are in it.</summary>
    internal static void MakeFile(string path)
    {
        // A file that is there is left alone: closing it here would drop the locks that SQLite holds on it elsewhere in
        // this process (https://sqlite.org/howtocorrupt.html, 2.2).
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SqliteStoreException(
                $"The database {path} cannot be made: {failure.Message} Choose a place that can be written to.",
                failure);
        }
    }
}
