using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Footfall.Site;

/// <summary>How a résumé is written as JSON Resume 1.0.0, without what is absent or empty.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(Resume))]
internal sealed partial class ResumeJson : JsonSerializerContext
{
    /// <summary>The file's text, with letters as letters: it is served as JSON, never put into HTML.</summary>
    public static string Write(Resume resume)
    {
        var options = new JsonSerializerOptions(Default.Resume.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = Default.WithAddedModifier(LeaveOutEmptyLists),
        };
        var written = JsonSerializer.SerializeToNode(resume, (JsonTypeInfo<Resume>)options.GetTypeInfo(typeof(Resume)))!.AsObject();
        return InOrder(written, resume.SectionOrder).ToJsonString(options);
    }

    /// <summary>Custom sections stand where they stand on the page; another reading finds them there again.</summary>
    private static JsonObject InOrder(JsonObject written, IEnumerable<string> sections)
    {
        var names = sections.Prepend("basics").Concat(written.Select(field => field.Key)).Distinct(StringComparer.Ordinal).ToList();
        var ordered = new JsonObject();
        foreach (var name in names)
        {
            if (written.Remove(name, out var value))
            {
                ordered[name] = value;
            }
        }

        return ordered;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => typeof(IReadOnlyCollection<object>).IsAssignableFrom(property.PropertyType)))
        {
            property.ShouldSerialize = (_, value) => value is IReadOnlyCollection<object> { Count: > 0 };
        }
    }
}
