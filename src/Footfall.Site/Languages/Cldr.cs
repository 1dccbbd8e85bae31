namespace Footfall.Site;

/// <summary>What <c>cldr.json</c> holds: the part of the Unicode CLDR that a page needs.</summary>
internal sealed record Cldr
{
    public required string Source { get; init; }

    /// <summary>All languages that are written from right to left, whether the page has words in them or not.</summary>
    public required IReadOnlyList<string> RightToLeft { get; init; }

    /// <summary>By tag, the languages that the page has words in.</summary>
    public required IReadOnlyDictionary<string, CldrLanguage> Languages { get; init; }
}

internal sealed record CldrLanguage
{
    /// <summary>A month and its year, with <c>{month}</c> and <c>{year}</c>.</summary>
    public required string Month { get; init; }

    /// <summary>A year alone, with <c>{year}</c>.</summary>
    public required string Year { get; init; }

    /// <summary>From <c>{0}</c> to <c>{1}</c>.</summary>
    public required string Range { get; init; }

    /// <summary>The twelve months as they are shown beside a year.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>Every name of each month.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> MonthNames { get; init; }

    public required CldrGrouping Grouping { get; init; }

    /// <summary>The condition of each plural form but <c>other</c>.</summary>
    public required IReadOnlyDictionary<string, string> Plural { get; init; }
}

/// <summary>How the digits of a large number are grouped.</summary>
/// <param name="Separator">Between the groups.</param>
/// <param name="Primary">Digits in the last group.</param>
/// <param name="Secondary">Digits in any other.</param>
/// <param name="Least">How many digits must stand before the last group for it to be set apart.</param>
internal sealed record CldrGrouping(string Separator, int Primary, int Secondary, int Least);
