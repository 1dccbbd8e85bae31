namespace Footfall.Sqlite;

/// <summary>The statements that note what was taken over from other ledgers.</summary>
internal sealed class ImportStatements(Connection connection)
{
    public Statement FindId { get; } = connection.Prepare("SELECT id FROM ledger");

    public Statement FindVia { get; } = connection.Prepare("SELECT via FROM merged WHERE id = ?1");

    public Statement AddMerged { get; } =
        connection.Prepare("INSERT INTO merged (id, via) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    public Statement FindTaken { get; } = connection.Prepare("""
        SELECT visits, repeats, bots, prefetches, opted_outs, limited, visitors, (
          SELECT group_concat(source || '=' || visits, ';') FROM imported_sources
          WHERE ledger = ?1 AND counter = ?2 AND day = ?3)
        FROM imported
        WHERE source = ?1 AND counter = ?2 AND day = ?3
        """);

    public Statement FindTotal { get; } = connection.Prepare("""
        SELECT visits, repeats, bots, prefetches, opted_outs, limited, visitors FROM totals WHERE counter = ?1
        """);

    public Statement WriteTaken { get; } = connection.Prepare("""
        INSERT OR REPLACE INTO imported
          (visits, repeats, bots, prefetches, opted_outs, limited, visitors, counter, day, source)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """);

    public Statement WriteTakenSource { get; } = connection.Prepare("""
        INSERT OR REPLACE INTO imported_sources (ledger, counter, day, source, visits) VALUES (?1, ?2, ?3, ?4, ?5)
        """);
}
