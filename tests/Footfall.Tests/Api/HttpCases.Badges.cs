namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private const string BadLabel = "A label is 1 to 40 characters of visible text.";

    private static IEnumerable<HttpCase> Badges() =>
    [
        new("a badge says visits", Badge("").Answers(Cached("visits", 34, "0", 7))),
        new("a badge says what it is told to", Badge("&label=page+views").Answers(Cached("page views", 68, "0", 7))),
        new("a plus that is one is written %2B", Badge("&label=a%2Bb%20c").Answers(Cached("a+b c", 32, "0", 7))),
        new("an ampersand does not end a label that has it encoded", Badge("&label=a%26b%3Dc")
            .Answers(Cached("a&amp;b=c", 35, "0", 7))),
        new("markup in a label is text",
            Badge("&label=%3C/text%3E%3Cscript%3Ealert(1)%3C/script%3E").Answers(
                Cached("&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;", 191, "0", 7)),
            Badge("&label=%22%20onload%3D%22alert(1)").Answers(Cached("&quot; onload=&quot;alert(1)", 109, "0", 7)),
            Badge("&label=%27%3E%26lt%3B").Answers(Cached("&apos;&gt;&amp;lt;", 31, "0", 7)),
            Badge("&label=]]%3E%3C!--%3C!%5BCDATA%5B").Answers(Cached("]]&gt;&lt;!--&lt;![CDATA[", 107, "0", 7)),
            Badge("&label=%26%23x202E;%26amp;").Answers(Cached("&amp;#x202E;&amp;amp;", 90, "0", 7))),
        new("a label may be in any script",
            Badge("&label=Besuche%20%C3%A4%C3%B6%C3%9F").Answers(Cached("Besuche \u00E4\u00F6\u00DF", 75, "0", 7)),
            Badge("&label=%E8%A8%AA%E5%95%8F").Answers(Cached("\u8A2A\u554F", 24, "0", 7)),
            Badge("&label=%D7%91%D7%99%D7%A7%D7%95%D7%A8")
                .Answers(Cached("\u05D1\u05D9\u05E7\u05D5\u05E8", 60, "0", 7)),
            Badge("&label=%F0%9F%91%80").Answers(Cached("\U0001F440", 12, "0", 7))),
        new("a label of 40 characters is the longest",
            Badge($"&label={new string('a', 40)}").Answers(Cached(new string('a', 40), 280, "0", 7)),
            Badge($"&label={new string('a', 41)}").Answers(Malformed(BadLabel)),
            Badge($"&label={new string('a', 4_000)}").Answers(Malformed(BadLabel))),
        .. new[]
        {
            ("an empty label", ""),
            ("a label of spaces", "+%20%C2%A0%E3%80%80"),
            ("a label with NUL", "a%00b"),
            ("a label with a line feed", "a%0D%0ASet-Cookie:%20a=b"),
            ("a label with a tab", "a%09b"),
            ("a label with an escape sequence", "%1B%5B31m"),
            ("a label with a C1 control", "a%C2%85b"),
            ("a label that turns the text around", "a%E2%80%AEb"),
            ("a label that isolates a direction", "a%E2%81%A7b"),
            ("a label with a zero-width space", "a%E2%80%8Bb"),
            ("a label with a line separator", "a%E2%80%A8b"),
            ("a label with a byte order mark", "%EF%BB%BFa"),
            ("a label with a noncharacter", "a%EF%BF%BF"),
            ("a label with a replacement character", "a%EF%BF%BD"),
            ("a label with a private character", "%EE%80%80"),
            ("a label with an invisible tag", "a%F3%A0%81%81"),
        }.Select(label => new HttpCase(
            $"{label.Item1} is refused",
            Badge($"&label={label.Item2}").Answers(Malformed(BadLabel)),
            Get($"/api/hit.svg?counter=readme&label={label.Item2}").From(Browsers.Firefox)
                .Answers(Malformed(BadLabel)))),
        new("a label that is no text is refused",
            Badge("&label=%FF").Answers(Malformed(NotUtf8)),
            Badge("&label=%ED%A0%80").Answers(Malformed(NotUtf8))),
        new("a badge needs a counter that exists",
            Get("/api/badge.svg?counter=nothing").Answers(UnknownCounter),
            Get("/api/hit.svg?counter=nothing").From(Browsers.Firefox).Answers(UnknownCounter)),
    ];

    private static HttpCall Badge(string more) => Get($"/api/badge.svg?counter=readme{more}");
}
