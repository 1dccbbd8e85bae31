namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    private const string GivenTwice = "A query parameter is given twice; give each once.";
    private const string NotUtf8 = "The query is not UTF-8.";
    private const string BadRange = "\"from\" is a day at or before \"to\", and both span at most 366 days.";

    private static IEnumerable<HttpCase> Reading(DateOnly today) =>
    [
        new("a count is read by its key", Get("/api/visits?counter=readme").Answers(Read("readme", 0, 0))),
        new("a key may have every allowed character",
            Get("/api/visits?counter=Case~1.2_3-4/A").Answers(Read("Case~1.2_3-4/A", 0, 0)),
            Get("/api/visits?counter=Case%7E1%2e2%5F3%2D4%2fA").Answers(Read("Case~1.2_3-4/A", 0, 0))),
        new("HEAD answers what GET does, without the body",
            Head("/api/visits?counter=readme").Answers(Read("readme", 0, 0).WithoutBody()),
            Head("/api/health").Answers(Json("").WithoutBody()),
            Head("/api/openapi.json").Answers(Json("").WithoutBody()),
            Head("/api/badge.svg?counter=readme").Answers(Cached("visits", 34, "0", 7).WithoutBody()),
            Head("/api/visits/daily?counter=readme").Answers(Json("").WithoutBody()),
            Head("/api/visits?counter=nothing").Answers(UnknownCounter.WithoutBody()),
            Head("/api/nothing").Answers(UnknownRoute.WithoutBody())),
        new("parameters of others are left alone",
            Get("/api/visits?utm_source=a%20b&counter=readme&utm_source2&&=x&_=1763823600000&Counter=nothing")
                .Answers(Read("readme", 0, 0))),
        new("a name may be percent-encoded", Get("/api/visits?%63ounter=%72eadme").Answers(Read("readme", 0, 0))),
        new("a path may be percent-encoded", Get("/api/%76isits?counter=readme").Answers(Read("readme", 0, 0))),
        new("a body on GET is not read",
            (Get("/api/visits?counter=readme") with { Body = "{\"counter\":\"nothing\"}"u8.ToArray() })
                .Answers(Read("readme", 0, 0))),
        new("a parameter given twice is ambiguous",
            Get("/api/visits?counter=readme&counter=readme").Answers(Malformed(GivenTwice)),
            Get("/api/visits?counter=readme&%63ounter=case/visit").Answers(Malformed(GivenTwice)),
            Get("/api/visits?counter=readme&x=1&x=2").Answers(Malformed(GivenTwice))),
        .. new[] { "%", "%4", "%G0", "%0G", "readme%", "%25%", "%u0041", "%-1", "%+1" }.Select(key =>
            new HttpCase($"a query with {key} is malformed", Get($"/api/visits?counter={key}")
                .Answers(Malformed(BadPercent)))),
        .. new[] { "%FF", "%C0%AF", "%ED%A0%80", "%E2%82", "%F4%90%80%80", "readme%80" }.Select(key =>
            new HttpCase($"a query with {key} is no text", Get($"/api/visits?counter={key}")
                .Answers(Malformed(NotUtf8)))),
        new("what is malformed in the parameters of others is, too", Get("/api/visits?counter=readme&x=%")
            .Answers(Malformed(BadPercent))),
        new("the store's health is told", Get("/api/health").Answers(Json("""{"status":"ok"}"""))),

        new("a ledger of one day", Daily("from=2020-01-01&to=2020-01-01")
            .Answers(EmptyLedger(new(2020, 1, 1), new(2020, 1, 1)))),
        new("a ledger over a leap day", Daily("to=2024-03-01&from=2024-02-28")
            .Answers(EmptyLedger(new(2024, 2, 28), new(2024, 3, 1)))),
        new("a ledger of 366 days", Daily("from=2024-01-01&to=2024-12-31")
            .Answers(EmptyLedger(new(2024, 1, 1), new(2024, 12, 31)))),
        new("a ledger of 367 days is too long", Daily("from=2023-12-31&to=2024-12-31").Answers(Malformed(BadRange))),
        new("a ledger of all days is too long", Daily("from=0001-01-01&to=9999-12-31").Answers(Malformed(BadRange))),
        new("a ledger that ends before it begins is none", Daily("from=2020-01-02&to=2020-01-01")
            .Answers(Malformed(BadRange))),
        new("a ledger from the future on is none", Daily("from=9999-01-01").Answers(Malformed(BadRange))),
        new("a ledger without a first day is of 30 days", Daily("to=2020-01-30")
            .Answers(EmptyLedger(new(2020, 1, 1), new(2020, 1, 30)))),
        new("a ledger without days ends today", Daily("")
            .Answers(EmptyLedger(today.DayNumber > 30 ? today.AddDays(-29) : today, today))),
        new("a ledger without a last day ends today", Daily($"from={Text(today)}").Answers(EmptyLedger(today, today))),
        new("a ledger of the first days that there are", Daily("to=0001-01-10")
            .Answers(EmptyLedger(new(1, 1, 1), new(1, 1, 10)))),
        new("a ledger of the last days that there are", Daily("from=9999-12-30&to=9999-12-31")
            .Answers(EmptyLedger(new(9999, 12, 30), new(9999, 12, 31)))),
        .. new[]
        {
            "", "today", "2026-2-1", "2026-02-30", "2026-13-01", "2026-00-01", "0000-01-01", "2026-11-30T00:00:00Z",
            "20261130", "30.11.2026", "+2026-11-30", "2026-11-30+", "-2026-11-30", "10000-01-01", "2026-11-30%00",
            "2026%E2%80%9011%E2%80%9030", "%D9%A2%D9%A0%D9%A2%D9%A6-11-30",
        }.Select(day => new HttpCase(
            $"'{day}' is no day",
            Daily($"from={day}&to=2026-11-30").Answers(Malformed("\"from\" is a day such as 2026-11-30.")),
            Daily($"from=2026-11-30&to={day}").Answers(Malformed("\"to\" is a day such as 2026-11-30.")))),
        new("a ledger needs a counter that exists",
            Get("/api/visits/daily?counter=nothing&from=2020-01-01&to=2020-01-01").Answers(UnknownCounter)),
    ];

    private static HttpCall Daily(string query) => Get($"/api/visits/daily?counter=readme&{query}");

    private static HttpAnswer EmptyLedger(DateOnly from, DateOnly to) => Ledger("readme", from, to, Nothing);
}
