using System.Text;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>What a field's name says: to the reader of a file, and to the reader of a page.</summary>
public static partial class FieldNames
{
    /// <summary>Fields that one entry has; an object with none of them is a list under names of its own.</summary>
    private static readonly HashSet<string> EntryFields = new(StringComparer.Ordinal)
    {
        "name", "title", "position", "company", "employer", "organization", "institution", "area", "studytype", "degree",
        "network", "username", "url", "website", "link", "language", "fluency", "level", "keywords", "issuer", "awarder",
        "publisher", "reference", "date", "startdate", "enddate", "releasedate", "summary", "description", "highlights",
        "courses", "roles", "location", "text",
    };

    private static readonly HashSet<string> TitleFields = new(StringComparer.Ordinal)
    {
        "name", "title", "text", "value", "label", "first", "firstname", "middle", "middlename", "last", "lastname",
        "given", "givenname", "family", "familyname", "description", "summary", "highlight", "keyword", "course", "skill",
    };

    /// <summary>Words that are letters, in names that are written as words: <c>gpa</c>.</summary>
    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal) { "gpa", "cgpa", "url", "id", "doi", "isbn", "orcid" };

    /// <summary>One form for <c>startDate</c>, <c>start_date</c> and <c>Start Date</c>.</summary>
    internal static string Normalize(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    internal static bool IsOfEntry(string name) => EntryFields.Contains(Normalize(name));

    /// <summary>Whether a field's text says what its object is, so that it needs no label.</summary>
    internal static bool IsTitle(string name) => TitleFields.Contains(Normalize(name));

    /// <summary><c>$schema</c>, <c>_private</c> and <c>x-own</c> are the writer's own affair.</summary>
    internal static bool IsOwn(string name) =>
        name.StartsWith('$') || name.StartsWith('_') || name.StartsWith("x-", StringComparison.Ordinal);

    /// <summary><c>issueDate</c> or <c>issue_date</c> as words: "Issue date".</summary>
    public static string Label(string name)
    {
        var words = Word().Matches(name).Select(word => word.Value).ToList();
        var label = new StringBuilder();
        foreach (var written in words)
        {
            var word = Abbreviations.Contains(written) ? written.ToUpperInvariant() : written;
            var isAcronym = word.Length > 1 && word.All(letter => !char.IsLower(letter));
            _ = label.Append(label.Length == 0 ? char.ToUpperInvariant(word[0]) + word[1..]
                : isAcronym ? $" {word}"
                : $" {char.ToLowerInvariant(word[0])}{word[1..]}");
        }

        return label.Length > 0 ? label.ToString() : name.Trim().Length > 0 ? name : "…";
    }

    // "certificationURL" is two words, "GPA" and "3D" one, "Web Site" two.
    [GeneratedRegex(@"\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}\d]+|\p{Lu}+\d*|\d+|[^\p{L}\p{M}\d\s_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
