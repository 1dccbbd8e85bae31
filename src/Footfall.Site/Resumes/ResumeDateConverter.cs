using System.Text.Json;

namespace Footfall.Site;

/// <summary>Writes a date into the published <c>resume.json</c>; <see cref="ResumeReader"/> reads them.</summary>
internal sealed class ResumeDateConverter : JsonConverter<ResumeDate>
{
    public override ResumeDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ResumeDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Written);
}
