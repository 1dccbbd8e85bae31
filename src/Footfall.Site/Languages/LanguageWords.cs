namespace Footfall.Site;

/// <summary>
/// The words of one language, as <c>Languages/Words/TAG.json</c> says them. <c>{0}</c> stands for what is filled in;
/// brackets enclose the words that become a link.
/// </summary>
public sealed record LanguageWords
{
    /// <summary>The language's name for itself.</summary>
    public required string Name { get; init; }

    /// <summary>A section's heading, by the section's name in JSON Resume; <c>about</c> is the summary.</summary>
    public required IReadOnlyDictionary<string, string> Headings { get; init; }

    public required ContactWords Contacts { get; init; }

    /// <summary>The end of what goes on.</summary>
    public required string Present { get; init; }

    /// <summary>What people write for <see cref="Present"/>, in any case; what says "until" may stand before it.</summary>
    public required IReadOnlyList<string> Now { get; init; }

    /// <summary>What else people call the twelve months, beside the names that the CLDR has; null where there is nothing.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Months { get; init; }

    /// <summary>Between the items of a list.</summary>
    public required string List { get; init; }

    /// <summary>A label <c>{0}</c> and what it says <c>{1}</c>.</summary>
    public required string Labelled { get; init; }

    /// <summary>What a degree's bare number is.</summary>
    public required string Score { get; init; }

    /// <summary>By plural form, as CLDR names them; <c>other</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Visits { get; init; }

    /// <summary>By plural form, as CLDR names them; <c>other</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Visitors { get; init; }

    public required CountingWords Counting { get; init; }
    public required PageWords Page { get; init; }
    public required NotFoundWords NotFound { get; init; }

    /// <summary>
    /// Words, or of Chinese characters, that tell a text in this language from one in another that is written with the
    /// same letters; empty where the script alone tells.
    /// </summary>
    public required IReadOnlyList<string> CommonWords { get; init; }
}

public sealed record ContactWords
{
    public required string Location { get; init; }
    public required string Email { get; init; }
    public required string Phone { get; init; }
    public required string Web { get; init; }
}

/// <summary>How the page's count is explained, and the way out of it.</summary>
public sealed record CountingWords
{
    public required string Heading { get; init; }
    public required string What { get; init; }
    public required string Privacy { get; init; }
    public required string Refuse { get; init; }
    public required string Refused { get; init; }

    /// <summary>The question to who comes by a link that says <c>#not-me</c>.</summary>
    public required string Ask { get; init; }

    /// <summary>The button below <see cref="Ask"/>.</summary>
    public required string Confirm { get; init; }
}

public sealed record PageWords
{
    /// <summary>What the document is called.</summary>
    public required string Resume { get; init; }

    public required string Changed { get; init; }
    public required string Download { get; init; }

    /// <summary>The name of the links to the page in other languages.</summary>
    public required string Languages { get; init; }
}

public sealed record NotFoundWords
{
    public required string Title { get; init; }
    public required string Heading { get; init; }
    public required string Explanation { get; init; }
    public required string Home { get; init; }
}
