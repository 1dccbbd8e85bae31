using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Holds a file against the two schemas that JSON Resume publishes, as validators and other programs do. It knows the
/// keywords that these use and no others; a test holds it to that, and to what a whole validator finds.
/// </summary>
internal sealed partial class SchemaCheck
{
    /// <summary>The schemas' one pattern.</summary>
    internal const string Iso8601Pattern = "^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$";

    /// <summary>The npm packages that publish them, and the files here.</summary>
    private static readonly (string Package, string File)[] Published =
    [
        ("resume-schema 1.0.1", "resume-schema-1.0.1.json"), ("@jsonresume/schema 1.3.1", "jsonresume-schema-1.3.1.json"),
    ];

    private readonly JsonElement root;
    private readonly ReadingLog log;

    private SchemaCheck(JsonElement root, ReadingLog log)
    {
        this.root = root;
        this.log = log;
    }

    /// <param name="source">A file that is read as JSON with the liberties that people take.</param>
    /// <returns>What other programs may refuse it for, in the file's order: of each kind of place, the first.</returns>
    public static IEnumerable<ResumeProblem> Run(JsonSource source)
    {
        List<(ResumeProblem Problem, string By)> found = [];
        foreach (var (package, file) in Published)
        {
            foreach (var problem in Hold(source, file))
            {
                var known = found.FindIndex(other => other.Problem == problem);
                if (known < 0)
                {
                    found.Add((problem, package));
                }
                else
                {
                    found[known] = (problem, $"{found[known].By} and {package}");
                }
            }
        }

        return
        [
            .. JsonTree.StrictMistake(source) is { } mistake ? [mistake] : (ResumeProblem[])[],
            .. found.Select(one => one.Problem with { Message = $"{one.Problem.Message} by {one.By}; other programs may refuse it" })
                .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column),
        ];
    }

    /// <summary>What one of the schemas finds wrong; for tests, which hold it to a whole validator.</summary>
    internal static IReadOnlyList<ResumeProblem> Hold(JsonSource source, string schema)
    {
        using var document = JsonDocument.Parse(Assets.Embedded(schema));
        var check = new SchemaCheck(document.RootElement, new(source));
        if (JsonTree.Read(source, new(source)) is { } file)
        {
            check.Hold(file, document.RootElement);
        }

        return check.log.Warnings;
    }

    private void Hold(LocatedJson value, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            const string Definitions = "#/definitions/";
            schema = root.GetProperty("definitions").GetProperty(reference.GetString()![Definitions.Length..]);
        }

        if (schema.TryGetProperty("type", out var type) && KindOf(type.GetString()!) is var (kind, name) && value.Kind != kind)
        {
            log.WarnUnknown(value, $"expected {name}, found {value.Description},");
        }
        else if (value.Kind == JsonTokenType.String)
        {
            HoldText(value, schema);
        }
        else if (schema.TryGetProperty("items", out var item))
        {
            value.Items.ForEach(inner => Hold(inner, item));
        }
        else
        {
            HoldMembers(value, schema);
        }
    }

    private void HoldMembers(LocatedJson value, JsonElement schema)
    {
        var isClosed = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;
        foreach (var (name, member) in value.Members)
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(name, out var inner))
            {
                Hold(member, inner);
            }
            else if (isClosed)
            {
                log.WarnUnknown(member, "expected none but the format's own sections, found another,");
            }
        }
    }

    private void HoldText(LocatedJson value, JsonElement schema)
    {
        var format = schema.TryGetProperty("format", out var said) ? said.GetString() : null;
        var expected =
            schema.TryGetProperty("pattern", out _) && !Iso8601().IsMatch(value.Text) ? "a date such as 2020, 2020-05 or 2020-05-17"
            : format == "date" && !IsDay(value.Text) ? "a day such as 2020-05-17"
            : format == "email" && (value.Text.Contains(':', StringComparison.Ordinal) || ContactLinks.Email(value.Text) is null) ? "an e-mail address"
            : format == "uri" && !IsAddress(value.Text) ? "an address with its scheme, such as https://example.com"
            : null;
        if (expected is not null)
        {
            log.WarnUnknown(value, $"expected {expected}, found {(value.Text.Length == 0 ? "nothing" : "another text")},");
        }
    }

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsAddress(string text) =>
        Scheme().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsWellFormedOriginalString();

    private static (JsonTokenType Kind, string Name) KindOf(string type) => type switch
    {
        "string" => (JsonTokenType.String, "text"),
        "array" => (JsonTokenType.StartArray, "a list"),
        "object" => (JsonTokenType.StartObject, "an object"),
        _ => throw new InvalidOperationException($"The schemas have no values of the type {type}."),
    };

    [GeneratedRegex(Iso8601Pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
