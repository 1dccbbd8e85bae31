namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private static IEnumerable<HttpCase> Origins() =>
    [
        new("a page of the allowed origin counts, and may read the answer",
            Count("case/allowed-origin").From(Browsers.Firefox)
                .With("Origin", AllowedOrigin).Answers(Readable(Counted("case/allowed-origin", 1, 1, "visit"))),
            Get("/api/visits?counter=case/allowed-origin").With("Origin", AllowedOrigin)
                .Answers(Readable(Read("case/allowed-origin", 1, 1))),
            Head("/api/visits?counter=case/allowed-origin").With("Origin", AllowedOrigin)
                .Answers(Readable(Read("", 0, 0).WithoutBody())),
            Get("/api/badge.svg?counter=case/allowed-origin").With("Origin", AllowedOrigin)
                .Answers(Readable(Cached("visits", 34, "1", 7)))),
        new("a page of the allowed origin may read errors, too",
            Get("/api/visits?counter=nothing").With("Origin", AllowedOrigin).Answers(Readable(UnknownCounter)),
            Post("/api/visits", "{").With("Origin", AllowedOrigin)
                .Answers(Readable(MalformedBody("The body is not JSON: line 1, byte 2."))),
            new HttpCall("PUT", "/api/visits").With("Origin", AllowedOrigin)
                .Answers(Readable(MethodNotAllowed("GET, HEAD, OPTIONS, POST"))),
            Get("/api/nothing").With("Origin", AllowedOrigin).Answers(Readable(UnknownRoute))),
        new("a page of the very host counts, under either scheme",
            Count("case/same-origin").From(Browsers.Firefox)
                .With("Host", "footfall.test:8080").With("Origin", "http://footfall.test:8080").Answers(Counted("case/same-origin", 1, 1, "visit")),
            Count("case/same-origin").From(Browsers.Firefox)
                .With("Host", "footfall.test").With("Origin", "https://footfall.test").Answers(Counted("case/same-origin", 1, 1, "repeat")),
            Count("case/same-origin").From(Browsers.Firefox)
                .With("Host", "[::1]:5080").With("Origin", "http://[::1]:5080").Answers(Counted("case/same-origin", 1, 1, "repeat"))),
        .. new[]
        {
            "null", "", "https://elsewhere.example", "http://example.com", "https://example.com:443",
            "https://example.com:8443", "https://EXAMPLE.com", "https://example.com/", "https://example.com.",
            "https://www.example.com", "https://example.com.evil.test", "https://evil-example.com",
            "https://example.com@evil.test", "https://evil.test/https://example.com",
            "https://example.com, https://example.com", "https://example.com https://evil.test",
            "https://example.com%0d%0aX-Injected:%201", "example.com", "*", "file://", "chrome-extension://abc",
            "https://footfall.test.evil.test", "https://evil.test?footfall.test", "https://evilfootfall.test",
            "ftp://footfall.test", "https://footfall.test:81", "http://x.footfall.test", "footfall.test",
            "//footfall.test", "https:footfall.test", "https://user@footfall.test",
        }.Select(origin => new HttpCase(
            $"a page of the origin '{origin}' is not counted",
            Count("readme").From(Browsers.Firefox)
                .With("Host", "footfall.test").With("Origin", origin).Answers(ForeignOrigin),
            Post("/").From(Browsers.Firefox).With("Host", "footfall.test").With("Origin", origin)
                .Answers(ForeignOrigin),
            Preflight("/api/visits").With("Host", "footfall.test").With("Origin", origin).Answers(ForeignOrigin),
            Get("/api/visits?counter=readme").With("Host", "footfall.test").With("Origin", origin)
                .Answers(Read("readme", 0, 0)))),
        new("two origins are none",
            Count("readme").From(Browsers.Firefox)
                .With("Origin", AllowedOrigin).With("Origin", AllowedOrigin).Answers(ForeignOrigin)),
        new("the origin is looked at before the body",
            Post("/api/visits", new byte[2_000]).From(Browsers.Firefox).With("Origin", "https://elsewhere.example")
                .Answers(ForeignOrigin)),
        new("a page that the browser says is of the very origin counts, whatever host a proxy asks for",
            FromBehindProxy("same-origin").Answers(Counted("/case/own-page", 1, 1, "visit"))),
        .. new[] { "same-site", "cross-site", "none", "", "SAME-ORIGIN", "same-origin, same-origin" }.Select(site =>
            new HttpCase(
                $"a page that the browser says is '{site}' does not count by that",
                FromBehindProxy(site).Answers(ForeignOrigin))),
        .. from path in Paths
           select new HttpCase(
               $"a page of the allowed origin may ask first whether it may call {path.Path}",
               Preflight(path.Path).With("Origin", AllowedOrigin).Answers(Readable(new HttpAnswer(204, [], default)
                   .With("Access-Control-Allow-Methods", path.Allow)
                   .With("Access-Control-Allow-Headers", "Authorization, Content-Type")
                   .With("Access-Control-Max-Age", "86400")
                   .With("Vary", "Origin")))),
        new("there is nothing to ask where there is nothing",
            Preflight("/api/nothing").With("Origin", AllowedOrigin).Answers(Readable(UnknownRoute))),
    ];

    private static HttpCall FromBehindProxy(string site) => Count("/case/own-page").From(Browsers.Firefox)
        .With("Host", "127.0.0.1:8080").With("Origin", "https://footfall.test:8443").With("Sec-Fetch-Site", site);

    private static HttpCall Preflight(string target) => Options(target)
        .With("Access-Control-Request-Method", "POST")
        .With("Access-Control-Request-Headers", "content-type");
}
