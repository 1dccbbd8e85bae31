using System.Text;

namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private static IEnumerable<HttpCase> Bodies() =>
    [
        new("JSON may be written in any way",
            Post("/api/visits", "\r\n\t { \"counter\"\n:\t\"case/json\" }  ").From(Browsers.Firefox)
                .Answers(Counted("case/json", 1, 1, "visit")),
            Post("/api/visits", "{\"webdriver\":false,\"counter\":\"case\\/json\"}").From(Browsers.Firefox)
                .Answers(Counted("case/json", 1, 1, "repeat")),
            Post("/api/visits", "{\"c\\u006funter\":\"\\u0063ase/json\"}").From(Browsers.Firefox)
                .Answers(Counted("case/json", 1, 1, "repeat")),
            Typed("application/json; charset=utf-8", """{"counter":"case/json"}""").From(Browsers.Firefox)
                .Answers(Counted("case/json", 1, 1, "repeat")),
            Typed("APPLICATION/JSON ;charset=UTF-8", """{"counter":"case/json"}""").From(Browsers.Firefox)
                .Answers(Counted("case/json", 1, 1, "repeat"))),
        new("a body of 1,024 bytes is read",
            Post("/api/visits", Padded("""{"counter":"case/largest"}""", 1_024)).From(Browsers.Firefox)
                .Answers(Counted("case/largest", 1, 1, "visit"))),
        new("a body may come in chunks",
            (Count("case/chunked") with { IsChunked = true })
                .From(Browsers.Firefox).Answers(Counted("case/chunked", 1, 1, "visit")),
            (Post("/api/visits", Padded("""{"counter":"case/chunked"}""", 1_024)) with { IsChunked = true })
                .From(Browsers.Firefox).Answers(Counted("case/chunked", 1, 1, "repeat")),
            (Post("/api/visits", Padded("""{"counter":"case/chunked"}""", 1_025)) with { IsChunked = true })
                .From(Browsers.Firefox).Answers(TooLarge)),
        new("a body of 1,025 bytes is too large", Post("/api/visits", Padded("{}", 1_025)).From(Browsers.Firefox)
            .Answers(TooLarge)),
        new("a body of 100,000 bytes is too large", Post("/api/visits", Padded("{}", 100_000)).From(Browsers.Firefox)
            .Answers(TooLarge)),
        new("a body that is too large need not be JSON",
            Typed("text/plain", new string('x', 5_000)).From(Browsers.Firefox).Answers(TooLarge)),
        new("a key of 10,000 characters is too large",
            Post("/api/visits", $$"""{"counter":"{{new string('a', 10_000)}}"}""").From(Browsers.Firefox).Answers(TooLarge)),
        .. new[]
            {
                "application/x-www-form-urlencoded", "application/json5", "application/jsonp", "text/json",
                "application/problem+json", ";application/json", "application / json",
            }
            .Select(type => new HttpCase($"a body of type {type} is not read", Typed(type, "{}").From(Browsers.Firefox)
                .Answers(NotJson))),
        new("a body without a type is not read",
            (new HttpCall("POST", "/api/visits") { Body = "{}"u8.ToArray() }).From(Browsers.Firefox).Answers(NotJson)),
        .. from body in MalformedBodies
           select new HttpCase(
               $"{body.Name} is no body to count by",
               Post("/api/visits", body.Bytes).From(Browsers.Firefox).Answers(MalformedBody(body.Found))),
    ];

    private static IEnumerable<(string Name, byte[] Bytes, string Found)> MalformedBodies =>
    [
        ("white space", " "u8.ToArray(), "The body is not JSON: line 1, byte 2."),
        ("a number", "1"u8.ToArray(), "The body is not an object."),
        ("text", "\"/\""u8.ToArray(), "The body is not an object."),
        ("null", "null"u8.ToArray(), "The body is not an object."),
        ("a list", "[]"u8.ToArray(), "The body is not an object."),
        ("a list of objects", """[{"counter":"/"}]"""u8.ToArray(), "The body is not an object."),
        ("a form", "counter=%2F"u8.ToArray(), "The body is not JSON: line 1, byte 1."),
        ("markup", "<counter>/</counter>"u8.ToArray(), "The body is not JSON: line 1, byte 1."),
        ("half an object", "{\"counter\":\"/\""u8.ToArray(), "The body is not JSON: line 1, byte 15."),
        ("an unfinished text", "{\"counter\":\"/"u8.ToArray(), "The body is not JSON: line 1, byte 14."),
        ("a second line with an error", "{\n  \"counter\": /\n}"u8.ToArray(), "The body is not JSON: line 2, byte 14."),
        ("JSON with a comment", "{/* first */\"counter\":\"/\"}"u8.ToArray(), "The body is not JSON: line 1, byte 2."),
        ("JSON with a last comma", "{\"counter\":\"/\",}"u8.ToArray(), "The body is not JSON: line 1, byte 16."),
        ("JSON with single quotes", "{'counter':'/'}"u8.ToArray(), "The body is not JSON: line 1, byte 2."),
        ("an object and more", "{\"counter\":\"/\"}x"u8.ToArray(), "The body is not JSON: line 1, byte 16."),
        ("two objects", "{\"counter\":\"/\"}{\"counter\":\"/\"}"u8.ToArray(), "The body is not JSON: line 1, byte 16."),
        ("an object and a NUL", "{\"counter\":\"/\"}\0"u8.ToArray(), "The body is not JSON: line 1, byte 16."),
        ("a byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8], "The body is not JSON: line 1, byte 1."),
        ("UTF-16", Encoding.Unicode.GetBytes("""{"counter":"/"}"""), "The body is not JSON: line 1, byte 2."),
        ("Latin-1", Encoding.Latin1.GetBytes("{\"counter\":\"\u00E9\"}"), "The body is not UTF-8."),
        ("an overlong slash", [.. "{\"counter\":\""u8, 0xC0, 0xAF, .. "\"}"u8], "The body is not UTF-8."),
        ("a surrogate in UTF-8", [.. "{\"counter\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], "The body is not UTF-8."),
        ("compressed JSON", [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF], "The body is not UTF-8."),
        ("a raw control character", "{\"counter\":\"\u0001\"}"u8.ToArray(), "The body is not JSON: line 1, byte 13."),
        ("half an escaped surrogate pair", "{\"counter\":\"\\ud800\"}"u8.ToArray(),
            "The body has an escape that is no character."),
        ("an escaped surrogate pair the wrong way round", "{\"counter\":\"\\udc00\\ud800\"}"u8.ToArray(),
            "The body has an escape that is no character."),
        ("half an escaped surrogate pair in a name", "{\"counte\\ud800\":\"/\"}"u8.ToArray(),
            "The body has an escape that is no character."),
        ("half an escaped surrogate pair ahead of a name", "{\"\\udc00ebdriver\":true}"u8.ToArray(),
            "The body has an escape that is no character."),
        ("an unknown escape", "{\"counter\":\"\\x\"}"u8.ToArray(), "The body is not JSON: line 1, byte 14."),
        ("a counter twice", """{"counter":"/","counter":"/"}"""u8.ToArray(), "\"counter\" is given twice."),
        ("a counter twice, once escaped", "{\"counter\":\"/\",\"c\\u006funter\":\"/\"}"u8.ToArray(),
            "\"counter\" is given twice."),
        ("two different counters", """{"counter":"/","counter":"readme"}"""u8.ToArray(), "\"counter\" is given twice."),
        ("webdriver twice", """{"webdriver":true,"webdriver":false}"""u8.ToArray(), "\"webdriver\" is given twice."),
        ("a number for a counter", """{"counter":1}"""u8.ToArray(), "\"counter\" is a number, not text."),
        ("null for a counter", """{"counter":null}"""u8.ToArray(), "\"counter\" is null, not text."),
        ("true for a counter", """{"counter":true}"""u8.ToArray(), "\"counter\" is true or false, not text."),
        ("a list for a counter", """{"counter":["/"]}"""u8.ToArray(), "\"counter\" is a list, not text."),
        ("an object for a counter", """{"counter":{"counter":"/"}}"""u8.ToArray(),
            "\"counter\" is an object, not text."),
        ("a nest of lists", Encoding.ASCII.GetBytes($$"""{"counter":{{new string('[', 1_000)}}"""),
            "\"counter\" is a list, not text."),
        ("a nest of objects", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200))),
            "The body has a member that is not known here."),
        ("a number for webdriver", """{"webdriver":1}"""u8.ToArray(), "\"webdriver\" is a number, not true or false."),
        ("a number beyond all numbers", """{"webdriver":1e999999}"""u8.ToArray(),
            "\"webdriver\" is a number, not true or false."),
        ("text for webdriver", """{"webdriver":"false"}"""u8.ToArray(), "\"webdriver\" is text, not true or false."),
        ("null for webdriver", """{"webdriver":null}"""u8.ToArray(), "\"webdriver\" is null, not true or false."),
        ("a member that is not known", """{"counter":"/","visits":1000000}"""u8.ToArray(),
            "The body has a member that is not known here."),
        ("a name in another case", """{"Counter":"/"}"""u8.ToArray(), "The body has a member that is not known here."),
        ("a name that is empty", """{"":"/"}"""u8.ToArray(), "The body has a member that is not known here."),
        ("a prototype", """{"__proto__":{"counter":"/"}}"""u8.ToArray(),
            "The body has a member that is not known here."),
    ];

    private static HttpCall Typed(string contentType, string body) =>
        (new HttpCall("POST", "/api/visits") { Body = Encoding.UTF8.GetBytes(body) }).With("Content-Type", contentType);

    private static byte[] Padded(string json, int length) => Encoding.ASCII.GetBytes(json.PadRight(length));
}
