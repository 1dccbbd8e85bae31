using System.Globalization;
using Footfall.Counting;
using SQLitePCL;

namespace Footfall.Sqlite;

/// <summary>A prepared statement. Parameters are counted from 1 and columns from 0, as SQLite does.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle)
{
    public Statement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        connection.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, Pseudonym value)
    {
        Span<byte> bytes = stackalloc byte[Pseudonym.Size];
        value.WriteBytes(bytes);
        return Bind(parameter, bytes);
    }

    /// <summary>Binds a day as ISO 8601 writes it, which SQLite's own date functions read.</summary>
    public Statement Bind(int parameter, DateOnly value)
    {
        Span<byte> text = stackalloc byte[10];
        _ = value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        connection.Check(raw.sqlite3_bind_text(handle, parameter, text));
        return this;
    }

    /// <summary>Whether there is a row; it is valid until the next <see cref="Step"/> or <see cref="Reset"/>.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        connection.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that returns no row, and makes it ready for the next time.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row, or null without one; makes ready for the next time.</summary>
    public long? FindInteger() => Find(row => (long?)row.Integer(0));

    /// <inheritdoc cref="FindInteger"/>
    public string? FindText() => Find(row => row.Text(0));

    /// <summary>What is read from the first row, or null without one; makes ready for the next time.</summary>
    public T? Find<T>(Func<Statement, T?> read)
    {
        try
        {
            return Step() ? read(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <exception cref="FormatException">There is none.</exception>
    public DateOnly Day(int column) =>
        DateOnly.TryParseExact(Text(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Damage.NoDay(Text(column));

    /// <exception cref="StoreUnavailableException">There is none.</exception>
    public Salt Salt(int column, DateOnly day)
    {
        var bytes = Blob(column);
        return bytes.Length == Counting.Salt.Size
            ? new Salt(bytes)
            : throw SaltFaults.Damaged(day, $"has {bytes.Length}");
    }

    /// <summary>A row that begins with a tally's columns, in their order.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public Tally Tally()
    {
        var tally = TallyAsItIs();
        return tally.IsStorable ? tally : throw Damage.NoTally(tally);
    }

    /// <summary>The same, whatever the numbers are.</summary>
    public Tally TallyAsItIs() =>
        new(Integer(0), Integer(1), Integer(2), Integer(3), Integer(4), Integer(5), Integer(6));

    /// <summary>The sources of a day: <c>direct=3;linkedin=5</c>, or null for none.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public SourceCounts Sources(int column) => SourceCounts.Parse(raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "");

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    // The code is that of the last step, which has thrown it already.
    public void Reset() => _ = raw.sqlite3_reset(handle);
}
