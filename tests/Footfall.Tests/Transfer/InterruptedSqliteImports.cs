using System.Globalization;
using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Transfer;

public sealed class InterruptedSqliteImports : InterruptedImports
{
    protected override int Entries => 3_000;

    protected override Task<(string[] Options, (string Name, string Value)[] Environment)> LocateAsync(string name) =>
        Task.FromResult<(string[], (string, string)[])>((["--data", Directory.File(name)], []));

    protected override Task<IVisitStore> OpenAsync(string name) =>
        Task.FromResult<IVisitStore>(SqliteVisitStore.Open(DatabaseOf(name), TimeProvider.System));

    protected override Task<int> CountTakenAsync(string name, string source)
    {
        if (!File.Exists(DatabaseOf(name)))
        {
            return Task.FromResult(0);
        }

        using var database = new OtherProgram(DatabaseOf(name));
        var isMade = database.Query("SELECT 1 FROM sqlite_schema WHERE name = 'imported'") is not null;
        return Task.FromResult(isMade ? Convert.ToInt32(database.Count("imported"), CultureInfo.InvariantCulture) : 0);
    }

    private string DatabaseOf(string name) => Path.Combine(Directory.File(name), "footfall.db");
}
