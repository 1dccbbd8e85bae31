using System.Runtime.Versioning;
using Footfall.Counting;
using Footfall.Sqlite;

namespace Footfall.Tests.Stores;

public sealed class SqliteOpeningTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string Database => directory.File("visits.db");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_file_and_its_directory_are_made_on_first_use()
    {
        var path = Path.Combine(directory.FullName, "deep", "er", "visits.db");

        await using var store = SqliteVisitStore.Open(path, TimeProvider.System);

        Assert.True(File.Exists(path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_can_read_a_file_that_holds_salts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such mode.");
        await using var store = SqliteVisitStore.Open(Database, TimeProvider.System);
        await store.CheckAsync(TestContext.Current.CancellationToken);

        Assert.All(
            Directory.GetFiles(directory.FullName),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Closing_leaves_one_file()
    {
        await using (var store = SqliteVisitStore.Open(Database, TimeProvider.System))
        {
            await store.AddAsync("/", default, Outcome.Bot, TestContext.Current.CancellationToken);
        }

        Assert.Equal([Database], Directory.GetFiles(directory.FullName));
    }

    [Fact]
    public async Task A_new_file_that_another_program_locks_is_opened_when_it_is_released()
    {
        await File.Create(Database).DisposeAsync();
        using var other = new OtherProgram(Database);
        other.Run("BEGIN IMMEDIATE");

        var opening = Task.Run(() => SqliteVisitStore.Open(Database, TimeProvider.System));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        other.Run("ROLLBACK");

        await using var store = await opening;
        await store.CheckAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_processes_may_open_a_new_file_at_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => SqliteVisitStore.Open(Database, TimeProvider.System))));

        foreach (var store in stores)
        {
            await store.AddAsync("/", default, Outcome.Bot, TestContext.Current.CancellationToken);
        }

        Assert.Equal(8, (await stores[0].ReadTotalAsync("/", TestContext.Current.CancellationToken)).Bots);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    // What cannot be opened: how it comes about, and what the message says beside the path.

    [Fact]
    public void A_file_that_is_no_database() =>
        AssertRefused(() => File.WriteAllText(Database, new string('x', 8192)), "is not a SQLite database");

    [Fact]
    public void Another_program_s_database() =>
        AssertRefused(() => Change("CREATE TABLE songs (title TEXT)"), "belongs to another program");

    [Fact]
    public void Another_program_s_database_with_an_application_id() =>
        AssertRefused(
            () => Change("PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE songs (title TEXT)"),
            "belongs to another program");

    [Fact]
    public async Task A_newer_program_s_database()
    {
        await MakeAsync();
        AssertRefused(
            () => Change("PRAGMA user_version = 99"),
            $"has schema version 99; this program knows versions up to {Schema.Version}");
    }

    [Fact]
    public async Task A_damaged_database()
    {
        await MakeAsync();
        AssertRefused(
            () =>
            {
                using var file = File.OpenWrite(Database);
                file.Position = 100;
                file.Write(Enumerable.Repeat((byte)0xA5, 4096 - 100).ToArray());
            },
            "is damaged");
    }

    [Fact]
    public async Task A_database_that_another_program_keeps_locked()
    {
        await MakeAsync();
        using var other = new OtherProgram(Database);
        AssertRefused(() => other.Run("BEGIN IMMEDIATE"), "is locked by another program");
    }

    [Fact]
    public void A_directory_in_the_file_s_place() =>
        AssertRefused(() => Directory.CreateDirectory(Database), "cannot be made");

    [Fact]
    public void A_file_in_the_directory_s_place()
    {
        File.WriteAllText(directory.File("data"), "");
        AssertRefused(() => { }, "cannot be made", Path.Combine(directory.FullName, "data", "visits.db"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_directory_that_cannot_be_written_to()
    {
        SkipUnlessModesHold();
        File.SetUnixFileMode(directory.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertRefused(() => { }, "cannot be made");
        }
        finally
        {
            File.SetUnixFileMode(
                directory.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_cannot_be_written_to()
    {
        SkipUnlessModesHold();
        await MakeAsync();
        AssertRefused(() => File.SetUnixFileMode(Database, UnixFileMode.UserRead), "cannot be written to");
    }

    private static void SkipUnlessModesHold() => Assert.SkipWhen(
        OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "File modes do not hold this user back.");

    private async Task MakeAsync() => await SqliteVisitStore.Open(Database, TimeProvider.System).DisposeAsync();

    private void Change(string sql)
    {
        using var other = new OtherProgram(Database);
        other.Run(sql);
    }

    private void AssertRefused(Action arrange, string expected, string? path = null)
    {
        arrange();
        var before = File.Exists(Database) ? File.ReadAllBytes(Database) : null;

        var refusal = Assert.Throws<SqliteStoreException>(
            () => SqliteVisitStore.Open(path ?? Database, TimeProvider.System));

        Assert.StartsWith($"The database {path ?? Database} ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.Exists(Database) ? File.ReadAllBytes(Database) : null);
    }
}
