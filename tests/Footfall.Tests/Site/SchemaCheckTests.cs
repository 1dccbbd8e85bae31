using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footfall.Site;
using Json.Schema;

namespace Footfall.Tests.Site;

/// <summary>What JSON Resume's own schemas find, beside what a whole validator finds by them.</summary>
public sealed class SchemaCheckTests
{
    private static readonly string[] Files = ["resume-schema-1.0.1.json", "jsonresume-schema-1.3.1.json"];

    private static readonly string[] Keywords =
    [
        "$schema", "$id", "$ref", "title", "description", "definitions", "type", "properties", "additionalProperties", "items",
        "additionalItems", "pattern", "format",
    ];

    /// <summary>Whatever a person may write in the place of a value.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "7", "\"\"", "\"text\"", "[]", "[1]", "[{}]", "{}", "\"2020\"", "\"2020-05\"", "\"2020-05-17\"", "\"2020-13-45\"", "\"2021-02-30\"",
        "\"jane@example.com\"", "\"mailto:jane@example.com\"", "\"https://example.com/a\"", "\"example.com\"",
    ];

    [Fact]
    public void A_whole_validator_finds_what_it_finds_whatever_stands_in_the_place_of_any_value()
    {
        foreach (var file in Files)
        {
            // A draft of before the oldest that the library knows; what these schemas use of it means the same in both.
            var schema = JsonSchema.FromText(Text(file).Replace("draft-04", "draft-07", StringComparison.Ordinal));
            foreach (var resume in Changed())
            {
                using var document = JsonDocument.Parse(resume);
                var isValid = schema.Evaluate(document.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid;

                Assert.Equal((isValid, resume), (Hold(resume, file).Count == 0, resume));
            }
        }
    }

    [Fact]
    public void The_schemas_use_no_keyword_that_it_does_not_know()
    {
        foreach (var file in Files)
        {
            using var schema = JsonDocument.Parse(Text(file));
            AssertKnown(schema.RootElement);
        }
    }

    private static void AssertKnown(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Assert.Contains(keyword.Name, Keywords);
            switch (keyword.Name)
            {
                case "pattern":
                    Assert.Equal(SchemaCheck.Iso8601Pattern, keyword.Value.GetString());
                    break;
                case "format":
                    Assert.True(keyword.Value.GetString() is "date" or "email" or "uri");
                    break;
                case "items":
                    AssertKnown(keyword.Value);
                    break;
                case "properties" or "definitions":
                    foreach (var inner in keyword.Value.EnumerateObject())
                    {
                        AssertKnown(inner.Value);
                    }

                    break;
            }
        }
    }

    /// <summary>A complete résumé with another value in each of its places, one at a time, and with more than it may have.</summary>
    private static IEnumerable<string> Changed()
    {
        yield return "[]";
        yield return """{ "talks": [], "$schema": "https://example.com" }""";
        foreach (var pointer in Pointers(JsonNode.Parse(Resumes.Complete)!, []))
        {
            foreach (var value in Values)
            {
                var resume = JsonNode.Parse(Resumes.Complete)!;
                var place = pointer.SkipLast(1).Aggregate(resume, (node, step) => step is int index ? node[index]! : node[(string)step]!);
                if (pointer[^1] is int last)
                {
                    place[last] = JsonNode.Parse(value);
                }
                else
                {
                    place[(string)pointer[^1]] = JsonNode.Parse(value);
                }

                yield return resume.ToJsonString();
            }
        }
    }

    private static IEnumerable<object[]> Pointers(JsonNode node, object[] path) => node switch
    {
        JsonObject members => members.SelectMany(member => Pointers(member.Value!, [.. path, member.Key]).Prepend([.. path, member.Key])),
        JsonArray items => items.SelectMany((item, index) => Pointers(item!, [.. path, index]).Prepend([.. path, index])),
        _ => [],
    };

    private static string Text(string file) => Encoding.UTF8.GetString(Assets.Embedded(file));

    private static IReadOnlyList<ResumeProblem> Hold(string resume, string file) =>
        SchemaCheck.Hold(JsonSource.From("resume.json", Encoding.UTF8.GetBytes(resume)), file);
}
