using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>
/// Reads JSON with places. Comments and trailing commas are allowed, because people write these files by hand;
/// of a name that occurs twice in one object both values are kept.
/// </summary>
internal sealed partial class JsonTree(ReadingLog log)
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    /// <summary>The document's root; null where it is not JSON, with the reason among the problems.</summary>
    public static LocatedJson? Read(JsonSource source, ReadingLog log)
    {
        var reader = new Utf8JsonReader(source.Utf8, Options);
        try
        {
            _ = reader.Read();
            var root = new JsonTree(log).Value(ref reader, "");
            _ = reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var offset = OffsetOf(e, source.Utf8);
            log.Problems.Add(source.ProblemAt(offset, "", $"expected JSON, found a mistake in it: {Reason(e)}"));
            return null;
        }
    }

    /// <summary>The first liberty that a file takes and JSON does not allow: a comment, or a comma too many; null for none.</summary>
    public static ResumeProblem? StrictMistake(JsonSource source)
    {
        var reader = new Utf8JsonReader(source.Utf8);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return source.ProblemAt(
                OffsetOf(e, source.Utf8), "", "expected neither comments nor a comma before a closing bracket, found one; other programs may refuse it");
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
            var value = Value(ref reader, path);
            if (!parent.Members.TryAdd(name, value))
            {
                AddSecond(parent, name, value with { Offset = offset });
            }
        }
    }

    /// <summary>Two lists become one; another second value gets a name of its own.</summary>
    private void AddSecond(LocatedJson parent, string name, LocatedJson value)
    {
        if (parent.Members[name] is { Kind: JsonTokenType.StartArray } first && value.Kind == JsonTokenType.StartArray)
        {
            log.Warn(value, "expected each name once, found it a second time; the two lists are read as one");
            first.Items.AddRange(value.Items);
            return;
        }

        var number = 2;
        while (!parent.Members.TryAdd($"{name} {number}", value))
        {
            number++;
        }

        log.Warn(value, $"expected each name once, found it a second time; read as \"{name} {number}\"");
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
            // Half a surrogate pair, written as an escape: bytes that are no UTF-8 do not come this far.
            var place = new LocatedJson(reader.TokenType, reader.TokenStartIndex, path);
            log.Warn(place, "expected Unicode text, found half a surrogate pair; shown as \uFFFD");
            return HalfPair().Replace(Encoding.UTF8.GetString(reader.ValueSpan), "\uFFFD");
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

    [GeneratedRegex(@"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex HalfPair();
}
