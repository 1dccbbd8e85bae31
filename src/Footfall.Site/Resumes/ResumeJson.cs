using System.Text.Encodings.Web;
using System.Text.Json;

namespace Footfall.Site;

/// <summary>How a résumé is written as JSON Resume 1.0.0, without what is absent.</summary>
[JsonSourceGenerationOptions(
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
        };
        return JsonSerializer.Serialize(resume, new ResumeJson(options).Resume);
    }
}
