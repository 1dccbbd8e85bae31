using System.Globalization;
using System.Text;
using Footfall.Counting;

namespace Footfall.Tests.Api;

/// <summary>
/// The HTTP contract as a table: every route and every error, each with what is sent and the whole answer. A host that
/// is put through it is configured with the settings here, and starts with an empty store.
/// </summary>
public static partial class HttpCases
{
    /// <summary>The one origin that may call from elsewhere.</summary>
    public const string AllowedOrigin = "https://example.com";

    /// <summary>Two visitors an address, so that the limit is met with the third.</summary>
    public static VisitRules Rules { get; } = new() { AddressLimit = 2 };

    /// <summary>
    /// The configured counters, beside <c>/</c>. Each is counted by one case alone; <c>readme</c> by none, so it is 0.
    /// </summary>
    public static IReadOnlyList<string> Counters { get; } =
    [
        "readme",
        "case/visit", "case/repeat", "case/visitors", "case/limited", "case/hit", "case/ledger", "case/reading",
        "case/bot", "case/bot-hit", "case/prefetch", "case/opted-out", "case/not-opted-out", "case/order",
        "case/json", "case/largest", "case/chunked", "case/allowed-origin", "case/same-origin", "case/foreign-picture",
        "case/plain", "case/source", "case/unknown-link",
        "/case/own-page", "/case/own-picture", "/case/foreign-picture",
        "case/hostile-agent", "case/refused", "Case~1.2_3-4/A",
        "/family/*", "/family/case/own",
    ];

    /// <summary>What opens the owner's numbers on a host with these settings.</summary>
    public const string OwnerKey = "an-owners-key-of-the-tests";

    /// <summary>Every case, for a run on <paramref name="today"/>, UTC.</summary>
    public static IReadOnlyList<HttpCase> For(DateOnly today) =>
    [
        .. Counting(today), .. Bodies(), .. Reading(today), .. Badges(),
        .. Methods(), .. Origins(), .. Pictures(today), .. Keys(), .. FamilyKeys(), .. Owner(today), .. Description(),
    ];

    /// <summary>For a host with these settings whose store does not answer.</summary>
    public static IReadOnlyList<HttpCase> WithoutStore { get; } =
    [
        .. new[] { "/api/visits", "/api/visits/daily", "/api/badge.svg", "/api/badge.json", "/api/hit.svg", "/api/health" }.Select(path =>
            new HttpCase($"GET {path} says that the store does not answer", Get(path).From(Browsers.Firefox)
                .Answers(StoreUnavailable))),
        .. new[] { "/api/visits", "/" }.Select(path =>
            new HttpCase($"POST {path} says that the store does not answer", Post(path).From(Browsers.Firefox)
                .Answers(StoreUnavailable))),
        new("the owner is told so, too", Report("", OwnerKey).Answers(StoreUnavailable)),
        new("HEAD says that the store does not answer", Head("/api/health").Answers(StoreUnavailable.WithoutBody())),
        new("an opted-out visitor, who needs no salt, is told so, too",
            Post("/api/visits").From(Browsers.Firefox).With("Sec-GPC", "1").Answers(StoreUnavailable)),
        new("a page elsewhere can read it",
            Post("/api/visits").From(Browsers.Firefox).With("Origin", AllowedOrigin)
                .Answers(Readable(StoreUnavailable))),
        new("what is malformed is still said to be", Get("/api/visits?counter=%").Answers(Malformed(BadPercent))),
        new("a counter that does not exist still does not", Get("/api/visits?counter=nothing").Answers(UnknownCounter)),
        new("the description needs no store", Get("/api/openapi.json").Answers(Json(OpenApiDocument))),
    ];

    /// <summary>How many counting requests a minute a host for <see cref="Throttled"/> allows an address.</summary>
    public const int ThrottledRequestsPerMinute = 3;

    /// <summary>
    /// For a host with these settings that throttles by itself. One case, as its parts share the address's allowance.
    /// </summary>
    public static HttpCase Throttled { get; } = new(
        "an address that counts too often is told when to come again",
        Post("/api/visits", """{"counter":"readme"}""").From("").Answers(Counted("readme", 0, 0, "bot")),
        Get("/api/hit.svg?counter=readme").From("").Answers(Hit("visits", 34, "0", 7)),
        Post("/").From("").Answers(Json("0")),
        Post("/api/visits", """{"counter":"readme"}""").From("").Answers(TooManyRequests),
        Get("/api/hit.svg?counter=readme").From("").Answers(TooManyRequests),
        Post("/").From("").Answers(TooManyRequests),
        Post("/api/visits", "{").Answers(MalformedBody("The body is not JSON: line 1, byte 2.")),
        Post("/api/visits").With("Origin", AllowedOrigin).Answers(Readable(TooManyRequests)),
        Head("/api/hit.svg?counter=readme").Answers(Hit("visits", 34, "0", 7).WithoutBody()),
        Get("/api/visits?counter=readme").Answers(Read("readme", 0, 0)),
        Get("/api/badge.svg?counter=readme").Answers(Cached("visits", 34, "0", 7)),
        Get("/api/health").Answers(Json("""{"status":"ok"}""")));

    /// <summary>For a host with these settings that throttles by itself: who tries keys is held back.</summary>
    public static HttpCase WrongKeys { get; } = new(
        "an address that tries owner's keys is held back",
        [
            .. Enumerable.Range(0, 10).Select(i => Report("", $"wrong-{i}").Answers(WrongKey)),
            Report("", "wrong-10").Answers(TooManyRequests),
            Get("/api/health").With("Authorization", "Bearer wrong-11").Answers(TooManyRequests),
            Report("?counter=case/order", OwnerKey).Answers(EmptyReport("case/order")),
        ]);

    /// <summary>For a host with these settings, but that it publishes no number and has no owner's key.</summary>
    public static IReadOnlyList<HttpCase> Unpublished { get; } =
    [
        new("a count is not read", Get("/api/visits?counter=readme").Answers(NotPublished)),
        new("a ledger is not read", Get("/api/visits/daily?counter=readme").Answers(NotPublished)),
        new("a badge is not drawn", Get("/api/badge.svg?counter=readme").Answers(NotPublished)),
        new("a badge is not described", Get("/api/badge.json?counter=readme").Answers(NotPublished)),
        new("a request is counted, and answered without a number",
            Post("/api/visits", """{"counter":"case/visit"}""").From(Browsers.Firefox)
                .Answers(Json("""{"counter":"case/visit","outcome":"visit"}""")),
            Post("/").From(Browsers.Firefox).Answers(Json("null"))),
        new("a picture counts, and is blank", Get("/api/hit.svg?counter=case/hit").From(Browsers.Firefox).Answers(Blank)),
        new("nothing opens the owner's numbers", Report("", OwnerKey).Answers(NoOwnerKey)),
    ];

    private const string BadPercent =
        "The query has a % that is not followed by two hexadecimal digits; write a plain % as %25.";

    private const string OnlyGet = "GET, HEAD, OPTIONS";

    private static HttpCall Get(string target) => new("GET", target);

    private static HttpCall Head(string target) => new("HEAD", target);

    private static HttpCall Post(string target) => new("POST", target);

    private static HttpCall Post(string target, string json) => Post(target, Encoding.UTF8.GetBytes(json));

    private static HttpCall Post(string target, byte[] json) =>
        new HttpCall("POST", target) { Body = json }.With("Content-Type", "application/json");

    private static HttpCall From(this HttpCall call, string userAgent) => call.With("User-Agent", userAgent);

    private static HttpAnswer Answer(int status, string contentType, string cacheControl, string body) =>
        new HttpAnswer(status, [], Encoding.UTF8.GetBytes(body))
            .With("Content-Type", contentType)
            .With("Cache-Control", cacheControl)
            .With("X-Content-Type-Options", "nosniff")
            .With("Vary", "Origin");

    private static HttpAnswer Json(string body) => Answer(200, "application/json", "no-store", body);

    private static HttpAnswer Counted(string counter, int visits, int visitors, string outcome) => Json(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"counter":"{{counter}}","visits":{{visits}},"visitors":{{visitors}},"outcome":"{{outcome}}"}"""));

    private static HttpAnswer Read(string counter, int visits, int visitors) => Json(string.Create(
        CultureInfo.InvariantCulture, $$"""{"counter":"{{counter}}","visits":{{visits}},"visitors":{{visitors}}}"""));

    /// <summary>What a page of the allowed origin is given on top.</summary>
    private static HttpAnswer Readable(HttpAnswer answer) => answer
        .With("Access-Control-Allow-Origin", AllowedOrigin)
        .With("Access-Control-Expose-Headers", "Retry-After");

    private static HttpAnswer Hit(string label, int labelWidth, string number, int numberWidth) =>
        Picture("no-store", label, labelWidth, number, numberWidth);

    private static HttpAnswer Cached(string label, int labelWidth, string number, int numberWidth) =>
        Picture("public, max-age=60", label, labelWidth, number, numberWidth);

    private static HttpAnswer Picture(string cacheControl, string label, int labelWidth, string number, int numberWidth)
    {
        var left = labelWidth + 12;
        var right = numberWidth + 12;
        return Answer(200, "image/svg+xml; charset=utf-8", cacheControl, string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{label}: {number}">
            <title>{label}: {number}</title>
            <rect width="{left + right}" height="20" rx="3" fill="#005cc5"/>
            <path d="M3 0h{left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444444"/>
            <g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
            <text x="{left / 2.0}" y="14" textLength="{labelWidth}" fill="#fff">{label}</text>
            <text x="{left + (right / 2.0)}" y="14" textLength="{numberWidth}" fill="#fff">{number}</text>
            </g>
            </svg>

            """)).With("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private static HttpAnswer Problem(int status, string title, string detail, string more = "")
    {
        var escaped = detail.Replace("\"", "\\\"", StringComparison.Ordinal);
        return Answer(
            status,
            "application/problem+json",
            "no-store",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"title":"{{title}}","status":{{status}},"detail":"{{escaped}}"{{more}}}"""));
    }

    private static HttpAnswer Malformed(string detail) => Problem(400, "Bad Request", detail);

    private static HttpAnswer MalformedBody(string found) =>
        Malformed($$"""{{found}} Expected {"counter": "/"}; beside it there may be "webdriver": true, "referrer": a host, and "link": a key.""");

    private static HttpAnswer MethodNotAllowed(string allow) =>
        Problem(405, "Method Not Allowed", $"This path answers {allow}.").With("Allow", allow);

    private static string KeyList => ListOf(Counters);

    private static string ListOf(IEnumerable<string> counters) =>
        string.Join(',', counters.Append("/").Order(StringComparer.Ordinal).Select(key => $"\"{key}\""));

    private static HttpAnswer UnknownCounter => Problem(
        404,
        "Not Found",
        "There is no counter with this key. The owner can add one in the settings.",
        $",\"counters\":[{KeyList}]");

    private static HttpAnswer UnknownRoute => Problem(
        404,
        "Not Found",
        "There is nothing at this path.",
        ",\"routes\":[\"POST /api/visits\",\"GET /api/visits\",\"GET /api/visits/daily\",\"GET /api/badge.svg\","
        + "\"GET /api/badge.json\",\"GET /api/hit.svg\",\"POST /\",\"GET /api/owner/report\",\"GET /api/health\",\"GET /api/openapi.json\"]");

    private static HttpAnswer ForeignOrigin => Problem(
        403,
        "Forbidden",
        "Pages of this origin may not be counted here. The owner can allow an origin in the settings.");

    private static HttpAnswer TooLarge => Problem(413, "Content Too Large", "A body here is at most 1024 bytes.");

    private static HttpAnswer NotJson =>
        Problem(415, "Unsupported Media Type", "A body here is JSON: send it as Content-Type: application/json.");

    private static HttpAnswer TooManyRequests =>
        Problem(429, "Too Many Requests", "This address has sent too many requests; try again later.")
            .With("Retry-After", HttpAnswer.SomeSeconds);

    private static HttpAnswer StoreUnavailable =>
        Problem(
                503,
                "Service Unavailable",
                "The count cannot be kept at the moment, so nothing is said about it; try again later.")
            .With("Retry-After", "1");

    private static string OpenApiDocument
    {
        get
        {
            using var stream = typeof(IVisitStore).Assembly.GetManifestResourceStream("openapi.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
