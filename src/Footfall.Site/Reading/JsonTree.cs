using System.Text;
using System.Text.Json;

namespace Footfall.Site;

/// <summary>
/// Reads JSON with places. Comments and trailing commas are allowed, because people write these files by hand;
/// a name that occurs twice in one object is a problem, because one of the two would be lost without a word.
/// </summary>
internal sealed class JsonTree(JsonSource source, List<ResumeProblem> problems)
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    /// <summary>The document's root; null where it is not JSON, with the reason among the problems.</summary>
    public static LocatedJson? Read(JsonSource source, List<ResumeProblem> problems)
    {
        var reader = new Utf8JsonReader(source.Utf8, Options);
        try
        {
            _ = reader.Read();
            var root = new JsonTree(source, problems).Value(ref reader, "");
            _ = reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var offset = OffsetOf(e, source.Utf8);
            problems.Add(source.ProblemAt(offset, "", $"expected JSON, found a mistake in it: {Reason(e)}"));
            return null;
        }
    }

    private LocatedJson Value(ref Utf8JsonReader reader, string path)
    {
        var value = new LocatedJson(reader.TokenType, reader.TokenStartIndex, path)
        {
            Text = reader.TokenType switch
            {
                JsonTokenType.String => TextOf(ref reader, path),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => "",
            },
        };
        if (value.Kind == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, value);
        }
        else if (value.Kind == JsonTokenType.StartArray)
        {
            ReadItems(ref reader, value);
        }

        return value;
    }

    private void ReadMembers(ref Utf8JsonReader reader, LocatedJson parent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var offset = reader.TokenStartIndex;
            var name = TextOf(ref reader, parent.Path);
            var path = parent.Path.Length == 0 ? name : $"{parent.Path}.{name}";
            _ = reader.Read();
            if (!parent.Members.TryAdd(name, Value(ref reader, path)))
            {
                problems.Add(source.ProblemAt(offset, path, "expected each name once, found it a second time"));
            }
        }
    }

    private void ReadItems(ref Utf8JsonReader reader, LocatedJson parent)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            parent.Items.Add(Value(ref reader, $"{parent.Path}[{parent.Items.Count}]"));
        }
    }

    private string TextOf(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString() ?? throw new JsonException();
        }
        catch (InvalidOperationException)
        {
            const string Message =
                "expected Unicode text, found bytes that are not UTF-8 or half a surrogate pair; save the file as UTF-8";
            problems.Add(source.ProblemAt(reader.TokenStartIndex, path, Message));
            return "";
        }
    }

    private static long OffsetOf(JsonException e, ReadOnlySpan<byte> utf8)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (e.BytePositionInLine ?? 0);
    }

    /// <summary>The framework's message without the place, which the problem gives in its own form.</summary>
    private static string Reason(JsonException e) =>
        e.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
}
