namespace Footfall.Sqlite;

/// <summary>The statements that write what the owner keeps beside the counts.</summary>
internal sealed class OwnerStatements(Connection connection)
{
    /// <summary>Stands where a family would, for keys that an import brought: of whichever family they are.</summary>
    public const string Imported = "";

    /// <summary>Finds a row when the key ?2 of the family ?1 is admitted.</summary>
    public const string IsAdmitted = $"SELECT 1 FROM admitted WHERE family IN (?1, '{Imported}') AND key = ?2";

    public Statement AddLink { get; } = connection.Prepare(
        "INSERT INTO links (key, name, created) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

    public Statement RenameLink { get; } = connection.Prepare("UPDATE links SET name = ?2 WHERE key = ?1");

    public Statement RemoveLink { get; } = connection.Prepare("DELETE FROM links WHERE key = ?1");

    public Statement AddMark { get; } = connection.Prepare(
        "INSERT INTO marks (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    public Statement ReplaceMark { get; } = connection.Prepare(
        "UPDATE marks SET value = ?2 WHERE name = ?1 AND value = ?3");

    public Statement Admit { get; } = connection.Prepare("""
        INSERT INTO admitted (family, key)
        SELECT ?1, ?2 WHERE (SELECT count(*) FROM admitted WHERE family = ?1) < ?3
        ON CONFLICT DO NOTHING
        """);

    public Statement AdmitImported { get; } = connection.Prepare(
        $"INSERT INTO admitted (family, key) VALUES ('{Imported}', ?1) ON CONFLICT DO NOTHING");

    public Statement FindAdmitted { get; } = connection.Prepare(IsAdmitted);
}
