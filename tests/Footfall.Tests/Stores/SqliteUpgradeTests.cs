using System.Globalization;
using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Cli;
using Footfall.Transfer;

namespace Footfall.Tests.Stores;

/// <summary>A file of schema version 1, which knew neither its own name nor imports, and had a row for each claim.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    private const string VersionOne = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE totals (
          counter TEXT PRIMARY KEY,
          visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
          opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE days (
          counter TEXT, day TEXT,
          visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
          opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL,
          PRIMARY KEY (counter, day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE claims (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          day TEXT NOT NULL, visitor BLOB NOT NULL, address BLOB, counted_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE salts (day TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA application_id = 0x466F6F74;
        PRAGMA user_version = 1;

        INSERT INTO totals VALUES ('/', 12, 3, 4, 5, 6, 7, 9), ('readme', 1, 0, 0, 0, 0, 0, 1);
        INSERT INTO days VALUES
          ('/', '2026-11-21', 10, 1, 4, 5, 6, 7, 8), ('/', '2026-11-22', 2, 2, 0, 0, 0, 0, 1),
          ('readme', '2026-11-22', 1, 0, 0, 0, 0, 0, 1);
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly VisitRules OneAnAddress = new() { AddressLimit = 1 };

    private static readonly Tally Yesterday = new(10, 1, 4, 5, 6, 7, 8);
    private static readonly Tally Today = new(Visits: 2, Repeats: 2, Visitors: 1);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon.AddMinutes(10));

    public SqliteUpgradeTests()
    {
        // Ada was counted at eleven and again at noon.
        var ada = Claim("Ada", Noon);
        using var program = new OtherProgram(Database);
        program.Run(VersionOne);
        program.Run($"INSERT INTO salts VALUES ('2026-11-22', x'{Convert.ToHexString(Visitors.SaltOf(Day).Bytes)}')");
        program.Run($"""
            INSERT INTO claims (day, visitor, address, counted_at) VALUES
              ('2026-11-22', {Blob(ada.Visitor)}, {Blob(ada.Address)}, {Ticks(Noon.AddHours(-1))}),
              ('2026-11-22', {Blob(ada.Visitor)}, NULL, {Ticks(Noon)})
            """);
    }

    private string Database => directory.File("footfall.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task It_keeps_its_counts_and_its_salt_and_is_of_today_s_version()
    {
        await using var store = Open();

        Assert.Equal(Yesterday + Today, await store.ReadTotalAsync("/", Cancellation));
        Assert.Equal(
            [new DailyTally(Day.AddDays(-1), Yesterday), new DailyTally(Day, Today)],
            (await store.ReadDailyAsync("/", DateOnly.MinValue, DateOnly.MaxValue, Cancellation)).Days);
        var salt = await store.GetOrAddSaltAsync(Day, Visitors.SaltOf("another"), Cancellation);
        Assert.Equal(Visitors.SaltOf(Day).Bytes, salt.Bytes);
        using var program = new OtherProgram(Database);
        Assert.Equal((long)Schema.Version, program.Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task It_recognises_its_visitors_and_their_addresses()
    {
        await using var store = Open();

        Assert.Equal(new Receipt(Outcome.Repeat, 12, 9), await ClaimAsync("Ada", Noon.AddMinutes(29)));
        Assert.Equal(new Receipt(Outcome.Visit, 13, 9), await ClaimAsync("Ada", Noon.AddMinutes(30)));
        Assert.Equal(new Receipt(Outcome.Limited, 13, 9), await ClaimAsync("Grace", Noon.AddMinutes(30)));

        Task<Receipt> ClaimAsync(string visitor, DateTimeOffset at) =>
            store.ClaimAsync(Claim(visitor, at), Cancellation);
    }

    [Fact]
    public async Task It_takes_imports_and_keeps_its_name()
    {
        var imported = new LedgerFile("elsewhere", [], [new("/", Day, Today), new("/", day: null, Yesterday)]);
        string name;
        await using (var store = Open())
        {
            name = (await store.IdentifyAsync(Cancellation)).Id;
            await imported.ImportAsync(store, entriesDone: null, Cancellation);
        }

        await using var again = Open();

        Assert.Equal(default, await imported.ImportAsync(again, entriesDone: null, Cancellation));
        Assert.Equal(Yesterday + Today + Yesterday + Today, await again.ReadTotalAsync("/", Cancellation));
        Assert.Equal([new DailyTally(Day, Today + Today)], (await again.ReadDailyAsync("/", Day, Day, Cancellation)).Days);
        Assert.Equal(name, (await again.IdentifyAsync(Cancellation)).Id);
        Assert.Equal(
            [
                new LedgerEntry("/", day: null, Yesterday),
                new LedgerEntry("/", Day.AddDays(-1), Yesterday),
                new LedgerEntry("/", Day, Today + Today),
                new LedgerEntry("readme", Day, new Tally(Visits: 1, Visitors: 1)),
            ],
            (await LedgerFile.ExportAsync(again, Cancellation)).Entries);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_later_version_is_taken_over_with_its_name_its_visitors_and_what_it_had_imported(int version)
    {
        using (var program = new OtherProgram(Database))
        {
            program.Run("""
                CREATE TABLE ledger (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
                INSERT INTO ledger (id) VALUES ('elsewhere');
                CREATE TABLE merged (id TEXT PRIMARY KEY, via TEXT NOT NULL) STRICT, WITHOUT ROWID;
                INSERT INTO merged VALUES ('older', 'older');
                CREATE TABLE imported (
                  source TEXT, counter TEXT, day TEXT,
                  visits INTEGER NOT NULL, repeats INTEGER NOT NULL, bots INTEGER NOT NULL, prefetches INTEGER NOT NULL,
                  opted_outs INTEGER NOT NULL, limited INTEGER NOT NULL, visitors INTEGER NOT NULL,
                  PRIMARY KEY (source, counter, day)
                ) STRICT, WITHOUT ROWID;
                INSERT INTO imported VALUES ('older', '/', '2026-11-21', 10, 1, 4, 5, 6, 7, 8);
                """);
            program.Run(version switch
            {
                3 => ClaimsOfVersionThree,
                4 => ClaimsOfVersionFour,
                _ => "",
            });
            program.Run($"PRAGMA user_version = {version}");
        }

        await using var store = Open();

        Assert.Equal("elsewhere", (await store.IdentifyAsync(Cancellation)).Id);
        Assert.Equal(
            new Receipt(Outcome.Repeat, 12, 9), await store.ClaimAsync(Claim("Ada", Noon.AddMinutes(29)), Cancellation));
        Assert.Equal(
            new Receipt(Outcome.Limited, 12, 9), await store.ClaimAsync(Claim("Grace", Noon.AddMinutes(29)), Cancellation));
        Assert.Equal(
            new Receipt(Outcome.Visit, 13, 9), await store.ClaimAsync(Claim("Ada", Noon.AddMinutes(31)), Cancellation));
        var days = (await store.ReadDailyAsync("/", Day.AddDays(-1), Day, Cancellation)).Days;
        Assert.Equal(["unknown=10", "direct=1;unknown=2"], days.Select(day => day.SourcesOfAllVisits.ToString()));
        var known = new LedgerFile("older", [], [new("/", Day.AddDays(-1), Yesterday, SourceCounts.Parse("linkedin=4"))]);
        Assert.Equal(
            new ImportResult(default, Sources: 4), await known.ImportAsync(store, entriesDone: null, Cancellation));
        Assert.True(File.Exists($"{Database}.v{version}"));
    }

    /// <summary>A row for each group and day, of entries of one length: visitor, address or zeros, moment.</summary>
    private static string ClaimsOfVersionThree => $"""
        DROP TABLE claims;
        CREATE TABLE claims (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, entries BLOB NOT NULL) STRICT;
        INSERT INTO claims (day, entries) VALUES ('2026-11-22',
          x'{Hex(Ada.Visitor)}{Hex(Ada.Address)}{Hex(Noon.AddHours(-1))}{Hex(Ada.Visitor)}{new string('0', 32)}{Hex(Noon)}');
        """;

    /// <summary>The same of entries that begin with what they have: nothing more, or an address.</summary>
    private static string ClaimsOfVersionFour => $"""
        DROP TABLE claims;
        CREATE TABLE claims (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, entries BLOB NOT NULL) STRICT;
        INSERT INTO claims (day, entries) VALUES ('2026-11-22',
          x'01{Hex(Ada.Visitor)}{Hex(Noon.AddHours(-1))}{Hex(Ada.Address)}00{Hex(Ada.Visitor)}{Hex(Noon)}');
        """;

    private static VisitorClaim Ada => Claim("Ada", Noon);

    /// <summary>As an owner does: the program of today over a file of yesterday, and over one of tomorrow.</summary>
    [Fact]
    public async Task The_program_takes_it_over_keeps_a_copy_and_refuses_a_newer_one_in_words()
    {
        await using var exported = await FootfallProcess.RunAsync(directory.FullName, ["export", "--data", "."]);
        Assert.Equal(0, exported.ExitCode);
        Assert.Contains("\"visits\":10,", exported.Output, StringComparison.Ordinal);
        Assert.True(File.Exists($"{Database}.v1"));

        using (var program = new OtherProgram(Database))
        {
            program.Run("PRAGMA user_version = 99");
        }

        await using var refused = await FootfallProcess.RunAsync(directory.FullName, ["export", "--data", "."]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("has schema version 99; this program knows versions up to", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_was_stays_beside_it_without_what_could_recognise_a_visitor()
    {
        await using (Open())
        {
        }

        await using (Open())
        {
        }

        Assert.Equal(
            ["footfall.db", "footfall.db.v1"],
            Directory.GetFiles(directory.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var copy = new OtherProgram($"{Database}.v1");
        Assert.Equal(1L, copy.Query("PRAGMA user_version"));
        Assert.Equal("ok", copy.Query("PRAGMA integrity_check"));
        Assert.Equal(12L, copy.Query("SELECT visits FROM totals WHERE counter = '/'"));
        Assert.Equal(3L, copy.Query("SELECT count(*) FROM days"));
        Assert.Equal(0L, copy.Query("SELECT (SELECT count(*) FROM claims) + (SELECT count(*) FROM salts)"));
    }

    [Fact]
    public async Task Where_no_copy_can_be_made_nothing_is_changed()
    {
        Directory.CreateDirectory($"{Database}.v1");

        var refused = Assert.Throws<SqliteStoreException>(Open);
        Assert.Contains("the copy of it that is kept could not be made", refused.Message, StringComparison.Ordinal);
        using (var program = new OtherProgram(Database))
        {
            Assert.Equal(1L, program.Query("PRAGMA user_version"));
        }

        Directory.Delete($"{Database}.v1");
        await using var store = Open();
        Assert.Equal(Yesterday + Today, await store.ReadTotalAsync("/", Cancellation));
    }

    private static VisitorClaim Claim(string visitor, DateTimeOffset at) =>
        Visitors.Claim(visitor, at, address: "office", rules: OneAnAddress);

    private static string Blob(Pseudonym pseudonym) => $"x'{Hex(pseudonym)}'";

    private static string Hex(Pseudonym pseudonym)
    {
        Span<byte> bytes = stackalloc byte[Pseudonym.Size];
        pseudonym.WriteBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    private static string Hex(DateTimeOffset moment) => moment.UtcTicks.ToString("X16", CultureInfo.InvariantCulture);

    private static string Ticks(DateTimeOffset moment) => moment.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private SqliteVisitStore Open() => SqliteVisitStore.Open(Database, clock);
}
