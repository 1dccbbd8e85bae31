using System.CommandLine;
using Footfall.Cli.Settings;
using Footfall.Sqlite;

namespace Footfall.Cli.Commands;

/// <summary>Copies the counts to a file while they are counted into.</summary>
internal static class BackupCommand
{
    private const string Notes = """
        Examples:
          footfall backup /var/backups/footfall-2026-11-26.db
          footfall backup counts.db --data /var/lib/footfall

        The server may run meanwhile. The copy is a database like the one it was made of: to go back to it, stop the
        server, put the copy in the place of footfall.db, and remove footfall.db-wal and footfall.db-shm. What could
        recognise a visitor is not in it, so today's visitors may be counted once more after that.
        """;

    private static readonly Argument<string> Copy = new("file")
    {
        Description = "The file to make. One that is there is left alone.",
        HelpName = "FILE",
    };

    public static Command Create(SettingsReader reader)
    {
        var command = new CommandWithNotes("backup", "Copies the counts to a file, while the server runs.", Notes) { Copy };
        var counts = new CountsOptions(command, reader);
        command.SetAction((line, _) => RunAsync(line, counts));
        return command;
    }

    private static async Task RunAsync(ParseResult line, CountsOptions options)
    {
        var database = options.FindFile(line);
        var file = Path.GetFullPath(line.GetRequiredValue(Copy));
        if (Path.Exists(file))
        {
            throw new CommandException($"{file} is there already. Choose another name, or remove it first.");
        }

        try
        {
            Write(database, file);
        }
        catch (SqliteStoreException e)
        {
            throw new CommandException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be written: {e.Message}", e);
        }

        await line.InvocationConfiguration.Output.WriteLineAsync($"{database} as it is now, in {file}");
    }

    // Under a name of its own until it is whole: what is called a backup is one.
    private static void Write(string database, string file)
    {
        var unfinished = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetRandomFileName()}");
        try
        {
            MakeEmpty(unfinished);
            SqliteBackup.Write(database, unfinished);
            using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void MakeEmpty(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }
}
