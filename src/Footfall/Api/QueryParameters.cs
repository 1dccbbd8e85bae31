using System.Net;
using System.Text;

namespace Footfall.Api;

/// <summary>
/// The parameters of a query, percent-decoded. Names that a route does not know are nobody's business (a page's
/// <c>utm_source</c>, a cache buster), but one name twice is ambiguous, and an encoding that is none is refused.
/// </summary>
internal sealed class QueryParameters
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <exception cref="ProblemException">400: the query is malformed.</exception>
    public QueryParameters(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            if (!values.TryAdd(name, equals < 0 ? "" : Decode(part[(equals + 1)..])))
            {
                throw new ProblemException(Problem.Malformed("A query parameter is given twice; give each once."));
            }
        }
    }

    public string? this[string name] => values.GetValueOrDefault(name);

    private static string Decode(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0)
        {
            return text;
        }

        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                throw new ProblemException(Problem.Malformed(
                    "The query has a % that is not followed by two hexadecimal digits; write a plain % as %25."));
            }
        }

        try
        {
            var encoded = Encoding.UTF8.GetBytes(text);
            return Utf8.GetString(WebUtility.UrlDecodeToBytes(encoded, 0, encoded.Length));
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(Problem.Malformed("The query is not UTF-8."));
        }
    }
}
