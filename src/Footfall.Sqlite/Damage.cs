using System.Globalization;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>What is found in rows where something else is expected, as messages that follow "the database is damaged:".</summary>
internal static class Damage
{
    public static FormatException NoName() => new("the table ledger has not the one row with its name");

    public static FormatException NoDay(string found) => new($"found '{Printable(found)}' where a day is expected");

    public static FormatException NoTally(Tally found) => new(string.Create(
        CultureInfo.InvariantCulture, $"found {found} where numbers from 0 to {Tally.MaxCount} are expected"));

    private static string Printable(string text) => string.Concat(
        text.Take(20).Select(character => char.IsControl(character) ? '?' : character));
}
