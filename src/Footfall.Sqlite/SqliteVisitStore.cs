using System.Diagnostics;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>Counts in one SQLite file, which several processes of one machine may share.</summary>
public sealed partial class SqliteVisitStore : IVisitStore, IAsyncDisposable
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(1);

    // Nobody waits for an answer yet, and others may be opening the same new file.
    private static readonly TimeSpan OpeningBusyTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpeningPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Reader reader;
    private readonly GroupCommit writer;
    private readonly ITimer purgeTimer;

    private SqliteVisitStore(string path, TimeProvider clock, Reader reader, Ledger ledger)
    {
        this.path = path;
        this.clock = clock;
        this.reader = reader;
        writer = new GroupCommit(ledger, path);
        // A look at the date each minute, rather than one timer for midnight, holds when the machine has slept, when
        // its clock was put right, and when a purge has failed.
        purgeTimer = clock.CreateTimer(_ => Purge(), state: null, PurgeInterval, PurgeInterval);
        Purge();
    }

    /// <summary>Opens the database, makes it and its directory if need be, and deletes what is past its time.</summary>
    /// <param name="path">The file; SQLite keeps two more beside it, with <c>-wal</c> and <c>-shm</c> added.</param>
    /// <exception cref="SqliteStoreException">It cannot be used; the message says why and what would help.</exception>
    public static SqliteVisitStore Open(string path, TimeProvider clock)
    {
        var full = Path.GetFullPath(path);
        MakeFile(full);
        try
        {
            var writing = OpenForWriting(full);
            try
            {
                return new SqliteVisitStore(full, clock, new Reader(OpenForReading(full)), new Ledger(writing));
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
            ?? await Write(new SaltRequest(day, candidate, cancellationToken));
    }

    public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) => Task.FromResult(
        day < FirstKeptDay ? null : Read(() => reader.FindSalt(day), cancellationToken));

    public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
        Write(new AddRequest(counter, day, outcome, cancellationToken));

    public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) =>
        Write(new ClaimRequest(claim, cancellationToken));

    public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.ReadTotal(counter), cancellationToken));

    public Task<DailyTallies> ReadDailyAsync(
        string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        Task.FromResult(Read(() => reader.ReadDaily(counter, from, to), cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken) => Write(new CheckRequest(cancellationToken));

    /// <summary>Answers what is waiting, then moves the write-ahead log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await purgeTimer.DisposeAsync();
        reader.Dispose();
        await writer.StopAsync();
    }

    // See Retention: a day's salt and claims go when the day after it has ended.
    private DateOnly FirstKeptDay => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);

    private void Purge() => writer.Purge(FirstKeptDay);

    private Task<T> Write<T>(WriteRequest<T> request)
    {
        request.Cancellation.ThrowIfCancellationRequested();
        writer.Enqueue(request);
        return request.Task;
    }

    private T Read<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return read();
        }
        catch (SqliteFailure failure)
        {
            throw new StoreUnavailableException($"The database {path} {failure.Predicate}.", failure);
        }
    }

    internal static Connection OpenForWriting(string path)
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

            // An answered request is on the disk; a deleted one is overwritten.
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA secure_delete = ON");
            CopyBeforeUpgrade.Keep(connection, path);
            connection.Execute("BEGIN IMMEDIATE");
            Schema.Create(connection);
            connection.Execute("COMMIT");
            connection.WaitWhenBusy(BusyTimeout);
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

    private static Connection OpenForReading(string path)
    {
        var connection = Connection.Open(path, BusyTimeout);
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
