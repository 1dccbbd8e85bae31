using System.Globalization;

namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private static IEnumerable<HttpCase> Counting(DateOnly today) =>
    [
        new("a request without a body is counted for the first page, whatever it is counted by",
            Post("/api/visits").From(Browsers.Firefox).Answers(Counted("/", 1, 1, "visit")),
            Post("/").From(Browsers.Firefox).Answers(Json("1")),
            Post("/", "this is not read").From(Browsers.Chrome).Answers(Json("2")),
            Post("/", new byte[2_000]).From("").Answers(Json("2")),
            Post("/?counter=readme").From("").Answers(Json("2")),
            Get("/api/hit.svg").From(Browsers.Chrome).Answers(Hit("visits", 34, "2", 7)),
            Get("/api/visits").Answers(Read("/", 2, 2)),
            Get("/api/badge.svg").Answers(Cached("visits", 34, "2", 7)),
            Post("/api/visits", "{}").From(Browsers.Chrome).Answers(Counted("/", 2, 2, "repeat"))),
        new("a first visit is counted",
            Count("case/visit").From(Browsers.Firefox).Answers(Counted("case/visit", 1, 1, "visit"))),
        new("the same visitor again is a repeat",
            Count("case/repeat").From(Browsers.Firefox).Answers(Counted("case/repeat", 1, 1, "visit")),
            Count("case/repeat").From(Browsers.Firefox).Answers(Counted("case/repeat", 1, 1, "repeat")),
            Count("case/repeat").From(Browsers.Firefox).With("Accept-Language", "de")
                .Answers(Counted("case/repeat", 1, 1, "repeat"))),
        new("another browser is another visitor",
            Count("case/visitors").From(Browsers.Firefox).Answers(Counted("case/visitors", 1, 1, "visit")),
            Count("case/visitors").From(Browsers.Safari).Answers(Counted("case/visitors", 2, 2, "visit")),
            Get("/api/visits?counter=case/visitors").Answers(Read("case/visitors", 2, 2))),
        new("an address brings no more visitors than its limit",
            Count("case/limited").From(Browsers.Firefox).Answers(Counted("case/limited", 1, 1, "visit")),
            Count("case/limited").From(Browsers.Chrome).Answers(Counted("case/limited", 2, 2, "visit")),
            Count("case/limited").From(Browsers.Safari).Answers(Counted("case/limited", 2, 2, "limited")),
            Count("case/limited").From(Browsers.Safari).Answers(Counted("case/limited", 2, 2, "limited")),
            Count("case/limited").From(Browsers.Chrome).Answers(Counted("case/limited", 2, 2, "repeat"))),
        new("automation is known by its user agent, an empty or missing one, or by what the page says of it",
            Count("case/bot").From("").Answers(Counted("case/bot", 0, 0, "bot")),
            Count("case/bot").Answers(Counted("case/bot", 0, 0, "bot")),
            Count("case/bot").From("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
                .Answers(Counted("case/bot", 0, 0, "bot")),
            Count("case/bot").From("curl/8.14.1").Answers(Counted("case/bot", 0, 0, "bot")),
            Post("/api/visits", """{"counter":"case/bot","webdriver":true}""").From(Browsers.Firefox)
                .Answers(Counted("case/bot", 0, 0, "bot")),
            Post("/api/visits", """{"counter":"case/bot","webdriver":false}""").From(Browsers.Firefox)
                .Answers(Counted("case/bot", 1, 1, "visit"))),
        new("a picture that automation fetches is not counted",
            Get("/api/hit.svg?counter=case/bot-hit").From("").Answers(Hit("visits", 34, "0", 7))),
        new("a page that nobody looks at yet is not counted",
            Count("case/prefetch").From(Browsers.Chrome).With("Sec-Purpose", "prefetch")
                .Answers(Counted("case/prefetch", 0, 0, "prefetch")),
            Count("case/prefetch").From(Browsers.Chrome).With("Sec-Purpose", "prefetch;prerender")
                .Answers(Counted("case/prefetch", 0, 0, "prefetch")),
            Count("case/prefetch").From(Browsers.Chrome).With("Purpose", "Prefetch")
                .Answers(Counted("case/prefetch", 0, 0, "prefetch")),
            Count("case/prefetch").From(Browsers.Safari).With("Purpose", "preview")
                .Answers(Counted("case/prefetch", 0, 0, "prefetch")),
            Count("case/prefetch").From(Browsers.Firefox).With("X-Moz", "prefetch")
                .Answers(Counted("case/prefetch", 0, 0, "prefetch")),
            Count("case/prefetch").From(Browsers.Chrome).With("Sec-Purpose", "")
                .Answers(Counted("case/prefetch", 1, 1, "visit"))),
        new("whoever asks not to be tracked is not",
            Count("case/opted-out").From(Browsers.Firefox).With("Sec-GPC", "1")
                .Answers(Counted("case/opted-out", 0, 0, "opted-out")),
            Count("case/opted-out").From(Browsers.Firefox).With("DNT", "1")
                .Answers(Counted("case/opted-out", 0, 0, "opted-out")),
            Count("case/opted-out").From(Browsers.Firefox).With("dnt", "1").With("DNT", "1")
                .Answers(Counted("case/opted-out", 0, 0, "opted-out")),
            Get("/api/hit.svg?counter=case/opted-out").From(Browsers.Firefox).With("Sec-GPC", "1")
                .Answers(Hit("visits", 34, "0", 7))),
        new("only 1 asks not to be tracked",
            Count("case/not-opted-out").From(Browsers.Firefox).With("Sec-GPC", "0").With("DNT", "0")
                .Answers(Counted("case/not-opted-out", 1, 1, "visit")),
            Count("case/not-opted-out").From(Browsers.Chrome).With("DNT", "null")
                .Answers(Counted("case/not-opted-out", 2, 2, "visit"))),
        new("opting out comes before prefetching, and that before automation",
            Count("case/order").From("").With("Sec-GPC", "1").With("Sec-Purpose", "prefetch")
                .Answers(Counted("case/order", 0, 0, "opted-out")),
            Count("case/order").From("").With("Sec-Purpose", "prefetch")
                .Answers(Counted("case/order", 0, 0, "prefetch")),
            Count("case/order").From("").Answers(Counted("case/order", 0, 0, "bot"))),
        new("a picture counts, by the same rules, but not when only its header is fetched",
            Head("/api/hit.svg?counter=case/hit").From(Browsers.Firefox)
                .Answers(Hit("visits", 34, "0", 7).WithoutBody()),
            Get("/api/hit.svg?counter=case/hit").From(Browsers.Firefox).Answers(Hit("visits", 34, "1", 7)),
            Get("/api/hit.svg?counter=case/hit&label=seen").From(Browsers.Firefox).Answers(Hit("seen", 28, "1", 7)),
            Count("case/hit").From(Browsers.Firefox).Answers(Counted("case/hit", 1, 1, "repeat"))),
        new("every request is in the ledger, by what it came to",
            Count("case/ledger").From(Browsers.Firefox).Answers(Counted("case/ledger", 1, 1, "visit")),
            Count("case/ledger").From(Browsers.Chrome).Answers(Counted("case/ledger", 2, 2, "visit")),
            Count("case/ledger").From(Browsers.Chrome).Answers(Counted("case/ledger", 2, 2, "repeat")),
            Count("case/ledger").From("").Answers(Counted("case/ledger", 2, 2, "bot")),
            Get("/api/hit.svg?counter=case/ledger").From(Browsers.Firefox).With("Sec-Purpose", "prefetch")
                .Answers(Hit("visits", 34, "2", 7)),
            Count("case/ledger").From(Browsers.Firefox).With("Sec-GPC", "1")
                .Answers(Counted("case/ledger", 2, 2, "opted-out")),
            Count("case/ledger").From(Browsers.Safari).Answers(Counted("case/ledger", 2, 2, "limited")),
            Get($"/api/visits/daily?counter=case/ledger&from={Text(today)}&to={Text(today)}")
                .Answers(Ledger("case/ledger", today, today, EachOnceButVisitsTwice))),
        new("reading never counts",
            Get("/api/visits?counter=case/reading").From(Browsers.Firefox).Answers(Read("case/reading", 0, 0)),
            Head("/api/visits?counter=case/reading").From(Browsers.Firefox)
                .Answers(Read("case/reading", 0, 0).WithoutBody()),
            Get("/api/badge.svg?counter=case/reading").From(Browsers.Firefox).Answers(Cached("visits", 34, "0", 7)),
            Head("/api/badge.svg?counter=case/reading").From(Browsers.Firefox)
                .Answers(Cached("visits", 34, "0", 7).WithoutBody()),
            Head("/api/hit.svg?counter=case/reading").From(Browsers.Firefox)
                .Answers(Hit("visits", 34, "0", 7).WithoutBody()),
            Options("/api/hit.svg?counter=case/reading").From(Browsers.Firefox).Answers(Allows(OnlyGet)),
            Options("/api/visits?counter=case/reading").From(Browsers.Firefox)
                .Answers(Allows("GET, HEAD, OPTIONS, POST")),
            Get("/api/health?counter=case/reading").From(Browsers.Firefox).Answers(Json("""{"status":"ok"}""")),
            Get($"/api/visits/daily?counter=case/reading&from={Text(today)}&to={Text(today)}").From(Browsers.Firefox)
                .Answers(Ledger("case/reading", today, today, Nothing))),
        new("what is refused is not counted",
            Post("/api/visits", """{"counter":"case/refused"}""").From(Browsers.Firefox).With("Origin", "https://elsewhere.example")
                .Answers(ForeignOrigin),
            Post("/api/visits", """{"counter":"case/refused","counter":"case/refused"}""").From(Browsers.Firefox)
                .Answers(MalformedBody("\"counter\" is given twice.")),
            new HttpCall("PUT", "/api/visits?counter=case/refused").From(Browsers.Firefox)
                .Answers(MethodNotAllowed("GET, HEAD, OPTIONS, POST")),
            Get("/api/hit.svg?counter=case/refused&label=").From(Browsers.Firefox).Answers(Malformed(BadLabel)),
            Get("/api/hit.svg?counter=case/refused&label=a&label=b").From(Browsers.Firefox)
                .Answers(Malformed(GivenTwice)),
            Get($"/api/visits/daily?counter=case/refused&from={Text(today)}&to={Text(today)}")
                .Answers(Ledger("case/refused", today, today, Nothing))),
    ];

    private const string Nothing =
        "\"visits\":0,\"visitors\":0,\"notCounted\":{\"repeat\":0,\"bot\":0,\"prefetch\":0,\"opted-out\":0,\"limited\":0}";

    private const string EachOnceButVisitsTwice =
        "\"visits\":2,\"visitors\":2,\"notCounted\":{\"repeat\":1,\"bot\":1,\"prefetch\":1,\"opted-out\":1,\"limited\":1}";

    private static HttpCall Count(string counter) => Post("/api/visits", $$"""{"counter":"{{counter}}"}""");

    /// <summary>The ledger of a counter whose every day in it is alike, and so are all of its days together.</summary>
    private static HttpAnswer Ledger(string counter, DateOnly from, DateOnly to, string tally)
    {
        var days = Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1)
            .Select(day => $"{{\"day\":\"{Text(DateOnly.FromDayNumber(day))}\",{tally}}}");
        var span = $"\"from\":\"{Text(from)}\",\"to\":\"{Text(to)}\"";
        return Json($"{{\"counter\":\"{counter}\",{span},\"days\":[{string.Join(',', days)}],\"total\":{{{tally}}}}}");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
