using System.Globalization;

namespace Footfall.Site;

/// <summary>
/// Whether a whole number meets the condition of a plural form, as CLDR writes it
/// (https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules):
/// <c>v = 0 and i % 10 = 2..4 and i % 100 != 12..14</c>.
/// </summary>
internal static class PluralRule
{
    public static bool Holds(string condition, long number) =>
        condition.Split(" or ").Any(clause => clause.Split(" and ").All(relation => RelationHolds(relation, number)));

    private static bool RelationHolds(string relation, long number)
    {
        var isUnequal = relation.Contains("!=", StringComparison.Ordinal);
        var sides = relation.Split(isUnequal ? "!=" : "=", StringSplitOptions.TrimEntries);
        return sides[1].Split(',').Any(range => IsIn(range, Operand(sides[0], number))) != isUnequal;
    }

    // "n" and "i" are the number itself; the others count digits after a decimal point, of which it has none.
    private static long Operand(string expression, long number)
    {
        var parts = expression.Split('%', StringSplitOptions.TrimEntries);
        var value = parts[0] is "n" or "i" ? number : 0;
        return parts.Length == 1 ? value : value % Parse(parts[1]);
    }

    private static bool IsIn(string range, long value)
    {
        var bounds = range.Split("..");
        return value >= Parse(bounds[0]) && value <= Parse(bounds[^1]);
    }

    private static long Parse(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
