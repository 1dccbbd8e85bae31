using System.Text.Encodings.Web;
using System.Text.Json;

namespace Footfall.Site;

/// <summary>Reads the language files; a name that is missing or unknown in them is an error.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LanguageWords))]
[JsonSerializable(typeof(Cldr))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class LanguageJson : JsonSerializerContext
{
    /// <summary>Writes letters as letters, for an attribute that HTML itself encodes.</summary>
    public static LanguageJson Plain { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
