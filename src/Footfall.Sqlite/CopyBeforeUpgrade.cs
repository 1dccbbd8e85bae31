namespace Footfall.Sqlite;

/// <summary>What a file of an older version had counted, beside it, before it is brought to the form of this program.</summary>
internal static class CopyBeforeUpgrade
{
    // Claims and salts could recognise a visitor, and expire in the file itself: of them the copy has the tables alone.
    private const string Script = """
        SELECT group_concat(
          'CREATE TABLE copy.' || substr(sql, length('CREATE TABLE ') + 1)
            || CASE WHEN name IN ('claims', 'salts') THEN ''
               ELSE '; INSERT INTO copy."' || name || '" SELECT * FROM main."' || name || '"' END,
          '; ')
        FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        """;

    /// <summary>Makes <c>PATH.vN</c>, N being the older version, unless it is there. Call outside of a transaction.</summary>
    /// <exception cref="SqliteStoreException">It cannot be made; the file is as it was.</exception>
    public static void Keep(Connection connection, string path)
    {
        var version = connection.QueryInteger("PRAGMA user_version");
        var copy = $"{path}.v{version}";
        if (version is 0 or Schema.Version || File.Exists(copy))
        {
            return;
        }

        // What is there under the copy's own name is whole.
        var unfinished = $"{copy}.{Environment.ProcessId}";
        try
        {
            File.Delete(unfinished);
            SqliteVisitStore.MakeFile(unfinished);
            connection.Execute($"ATTACH '{unfinished.Replace("'", "''", StringComparison.Ordinal)}' AS copy");
            connection.Execute("BEGIN");
            connection.Execute(connection.QueryText(Script)!);
            connection.Execute($"PRAGMA copy.application_id = {Schema.ApplicationId}; PRAGMA copy.user_version = {version}");
            connection.Execute("COMMIT; DETACH copy");
            File.Move(unfinished, copy, overwrite: true);
        }
        catch (Exception failure) when (failure is SqliteFailure or IOException or UnauthorizedAccessException)
        {
            throw new SqliteStoreException(
                $"The database {path} is of an older version, and the copy of it that is kept could not be made: "
                + $"{(failure as SqliteFailure)?.Predicate ?? failure.Message}. Nothing was changed; make room for {copy}.",
                failure);
        }
    }
}
