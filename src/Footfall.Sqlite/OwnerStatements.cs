namespace Footfall.Sqlite;

/// <summary>The statements that write what the owner keeps beside the counts.</summary>
internal sealed class OwnerStatements(Connection connection)
{
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

    public Statement FindAdmitted { get; } = connection.Prepare(
        "SELECT 1 FROM admitted WHERE family = ?1 AND key = ?2");
}
