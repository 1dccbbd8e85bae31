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
        .. Looks(),
        new("a badge needs a counter that exists",
            Get("/api/badge.svg?counter=nothing").Answers(UnknownCounter),
            Get("/api/badge.json?counter=nothing").Answers(UnknownCounter),
            Get("/api/hit.svg?counter=nothing").From(Browsers.Firefox).Answers(UnknownCounter)),
    ];

    private static IEnumerable<HttpCase> Looks() =>
    [
        new("a badge of square corners",
            Badge("&style=flat-square").Answers(Svg("""
                <svg xmlns="http://www.w3.org/2000/svg" width="65" height="20" role="img" aria-label="visits: 0">
                <title>visits: 0</title>
                <rect width="65" height="20" fill="#005cc5"/>
                <path d="M0 0h46v20H0z" fill="#444444"/>
                <g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                <text x="23" y="14" textLength="34" fill="#fff">visits</text>
                <text x="55.5" y="14" textLength="7" fill="#fff">0</text>
                </g>
                </svg>

                """))),
        new("a badge of capitals",
            Badge("&style=for-the-badge&label=stra%C3%9Fe").Answers(Svg("""
                <svg xmlns="http://www.w3.org/2000/svg" width="99" height="28" role="img" aria-label="straße: 0">
                <title>straße: 0</title>
                <rect width="99" height="28" fill="#005cc5"/>
                <path d="M0 0h71v28H0z" fill="#444444"/>
                <g font-family="Verdana,DejaVu Sans,sans-serif" font-size="10" text-anchor="middle" font-weight="bold">
                <text x="35.5" y="18" textLength="51" fill="#fff">STRAßE</text>
                <text x="85" y="18" textLength="8" fill="#fff">0</text>
                </g>
                </svg>

                """))),
        new("a badge in colours, with letters that can be read on them",
            Badge("&color=yellow&labelColor=%23FFF").Answers(Coloured("#ffffff", "#111", "#dfb317", "#111")),
            Badge("&color=red&labelColor=black").Answers(Coloured("#000000", "#fff", "#e05d44", "#111")),
            Badge("&color=0a7&labelColor=0B3d2E").Answers(Coloured("#0b3d2e", "#fff", "#00aa77", "#111"))),
        .. new[] { "%22/%3E%3Cscript%3E", "%2312345", "transparent", "red;", "url(%23a)", "", "Red" }.Select(colour =>
            new HttpCase($"the colour {colour} is refused",
                Badge($"&color={colour}").Answers(Malformed($"\"color\" is {ColourExpected}")),
                Badge($"&labelColor={colour}").Answers(Malformed($"\"labelColor\" is {ColourExpected}")))),
        new("a style that does not exist is refused, with those that do",
            Badge("&style=plastic").Answers(
                Malformed("A badge's \"style\" is one of flat, flat-square, for-the-badge."))),
        new("a badge as shields.io's endpoint reads it",
            Get("/api/badge.json?counter=readme").Answers(CachedJson(
                """{"schemaVersion":1,"label":"visits","message":"0","labelColor":"#444444","color":"#005cc5","style":"flat"}""")),
            Get("/api/badge.json?counter=readme&label=page+views&style=for-the-badge&color=orange").Answers(CachedJson(
                """{"schemaVersion":1,"label":"page views","message":"0","labelColor":"#444444","color":"#fe7d37","style":"for-the-badge"}""")),
            Head("/api/badge.json?counter=readme").Answers(CachedJson("").WithoutBody()),
            Get("/api/badge.json?counter=readme&label=").Answers(Malformed(BadLabel))),
    ];

    private const string ColourExpected =
        "a colour: three or six hexadecimal digits, with or without #, or one of brightgreen, green, yellowgreen, yellow, "
        + "orange, red, blue, lightgrey, grey, black.";

    private static HttpAnswer CachedJson(string body) => Answer(200, "application/json", "public, max-age=60", body);

    private static HttpAnswer Svg(string document) =>
        Answer(200, "image/svg+xml; charset=utf-8", "public, max-age=60", document)
            .With("Content-Security-Policy", "default-src 'none'; sandbox");

    private static HttpAnswer Coloured(string labelColour, string labelText, string colour, string text) => Svg($"""
        <svg xmlns="http://www.w3.org/2000/svg" width="65" height="20" role="img" aria-label="visits: 0">
        <title>visits: 0</title>
        <rect width="65" height="20" rx="3" fill="{colour}"/>
        <path d="M3 0h43v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{labelColour}"/>
        <g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
        <text x="23" y="14" textLength="34" fill="{labelText}">visits</text>
        <text x="55.5" y="14" textLength="7" fill="{text}">0</text>
        </g>
        </svg>

        """);

    private static HttpCall Badge(string more) => Get($"/api/badge.svg?counter=readme{more}");
}
