using System.Text.Json;

namespace Footfall.Site;

/// <summary>
/// A person's résumé: what a <c>resume.json</c> in the JSON Resume format (version 1.0.0) says, cleaned.
/// Texts are trimmed and never empty, lists hold no empty entries, and everything keeps the file's order.
/// </summary>
public sealed record Resume
{
    public required Basics Basics { get; init; }
    public IReadOnlyList<Work> Work { get; init; } = [];
    public IReadOnlyList<Volunteer> Volunteer { get; init; } = [];
    public IReadOnlyList<Education> Education { get; init; } = [];
    public IReadOnlyList<Award> Awards { get; init; } = [];
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];
    public IReadOnlyList<Publication> Publications { get; init; } = [];
    public IReadOnlyList<Skill> Skills { get; init; } = [];
    public IReadOnlyList<SpokenLanguage> Languages { get; init; } = [];
    public IReadOnlyList<Interest> Interests { get; init; } = [];
    public IReadOnlyList<Reference> References { get; init; } = [];
    public IReadOnlyList<Project> Projects { get; init; } = [];
    public ResumeMeta? Meta { get; init; }

    /// <summary>Sections of no known name, in the file's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<CustomSection> Custom { get; init; } = [];

    /// <summary>
    /// The names of all sections in the order to show them, <c>about</c> (the summary) among them; some may have
    /// nothing to say. A custom section stands behind the one that it follows in the file.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> SectionOrder { get; init; } = SectionNames.DefaultOrder;

    /// <summary>The owner's own headings, by section.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the page asks search engines to leave it out.</summary>
    [JsonIgnore]
    public bool NoIndex { get; init; }

    /// <summary>Whether the page counts its visits and shows the number.</summary>
    [JsonIgnore]
    public bool IsCounted { get; init; } = true;

    /// <summary>Whether each language of the page has a counter of its own.</summary>
    [JsonIgnore]
    public bool CountsEach { get; init; }

    [JsonIgnore]
    public Accent Accent { get; init; } = Accent.Default;

    /// <summary>The custom sections as they were written; null where there are none.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The language that it is written in.</summary>
    [JsonIgnore]
    public Language Language { get; init; } = Language.English;

    /// <summary>What the file says that the page will not show as written, in the file's order.</summary>
    [JsonIgnore]
    public IReadOnlyList<ResumeProblem> Warnings { get; init; } = [];

    /// <summary>A section's heading: the owner's, the language's own, or of a custom section the words of its name.</summary>
    internal string Heading(string section) =>
        Titles.TryGetValue(section, out var title) ? title
        : Language.Words.Headings.TryGetValue(section, out var heading) ? heading : FieldNames.Label(section);
}
