using System.Text.Json;
using System.Text.Unicode;

namespace Footfall.Api;

/// <summary>The body of <c>POST /api/visits</c>; every member may be left out, as may the whole body.</summary>
/// <param name="Counter">The key of the counter.</param>
/// <param name="WebDriver">What <c>navigator.webdriver</c> was in the page.</param>
/// <param name="Referrer">The host of the page that led here; null when there is none.</param>
/// <param name="Link">The key of the link that the page was opened by, as the address had it; null when by none.</param>
internal readonly record struct VisitBody(
    string Counter, bool WebDriver = false, string? Referrer = null, string? Link = null)
{
    private const string Expected =
        """Expected {"counter": "/"}; beside it there may be "webdriver": true, "referrer": a host, and "link": a key.""";

    /// <exception cref="ProblemException">400: the body is not what is expected here.</exception>
    public static VisitBody Parse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return new VisitBody(CounterKeys.Default);
        }

        if (!Utf8.IsValid(body))
        {
            throw Malformed("The body is not UTF-8.");
        }

        try
        {
            return ParseObject(body);
        }
        catch (JsonException e)
        {
            throw Malformed($"The body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static VisitBody ParseObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        _ = reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Malformed("The body is not an object.");
        }

        string? counter = null;
        bool? webDriver = null;
        string? referrer = null;
        string? link = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (ReadString(ref reader))
            {
                case "counter":
                    counter = ReadText(ref reader, "counter", isNew: counter is null);
                    break;
                case "webdriver":
                    webDriver = webDriver is null ? ReadFlag(ref reader) : throw Malformed("\"webdriver\" is given twice.");
                    break;
                case "referrer":
                    referrer = ReadText(ref reader, "referrer", isNew: referrer is null);
                    break;
                case "link":
                    link = ReadText(ref reader, "link", isNew: link is null);
                    break;
                default:
                    throw Malformed("The body has a member that is not known here.");
            }
        }

        // Reading on to the end finds what follows the object.
        _ = reader.Read();
        return new VisitBody(counter ?? CounterKeys.Default, webDriver ?? false, referrer, link);
    }

    private static string ReadText(ref Utf8JsonReader reader, string member, bool isNew)
    {
        _ = reader.Read();
        return !isNew ? throw Malformed($"\"{member}\" is given twice.")
            : reader.TokenType == JsonTokenType.String ? ReadString(ref reader)
            : throw Malformed($"\"{member}\" is {Kind(reader.TokenType)}, not text.");
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is JSON, but no text.
            throw Malformed("The body has an escape that is no character.");
        }
    }

    private static bool ReadFlag(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Malformed($"\"webdriver\" is {Kind(reader.TokenType)}, not true or false."),
        };
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private static ProblemException Malformed(string found) => new(Problem.Malformed($"{found} {Expected}"));
}
