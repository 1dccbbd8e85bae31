using System.Globalization;
using System.Text;

namespace Footfall.Tests.Api;

/// <summary>What the API chooses of an HTTP answer: status, fields and body, but not a host's framing.</summary>
public sealed record HttpAnswer(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Stands in an expected answer for any number of seconds above zero.</summary>
    public const string SomeSeconds = "<seconds>";

    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date", "Server", "Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding", "apigw-requestid",
    };

    // A decoder that refuses what is no UTF-8, so that no two bodies look alike as text.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>An answer as it came off the wire; the host's framing is left out.</summary>
    public static HttpAnswer Received(
        int status, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body) =>
        new(status, [.. headers.Where(header => !Framing.Contains(header.Key))], body);

    public HttpAnswer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public HttpAnswer WithoutBody() => this with { Body = default };

    /// <summary>
    /// Compares status, fields (their names in any case and order, each line counts) and body, byte for byte.
    /// </summary>
    public void AssertIs(HttpAnswer expected) => Assert.Equal(expected.Text(expected), Text(expected));

    private string Text(HttpAnswer expected)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Status}\n");
        foreach (var header in Headers.Select(header => Line(header, expected)).Order(StringComparer.Ordinal))
        {
            _ = text.Append(header).Append('\n');
        }

        return text.Append('\n').Append(Utf8.GetString(Body.Span)).ToString();
    }

    private static string Line(KeyValuePair<string, string> header, HttpAnswer expected)
    {
        var isAnyNumber = int.TryParse(header.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0
            && expected.Headers.Any(other =>
                other.Value == SomeSeconds && other.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase));
#pragma warning disable CA1308 // Field names are shown as HTTP/2 writes them.
        return $"{header.Key.ToLowerInvariant()}: {(isAnyNumber ? SomeSeconds : header.Value)}";
#pragma warning restore CA1308
    }
}
