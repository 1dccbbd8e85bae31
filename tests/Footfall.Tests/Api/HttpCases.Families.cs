namespace Footfall.Tests.Api;

/// <content>Families of counters.</content>
public static partial class HttpCases
{
    /// <summary>
    /// For a host with these settings of its own, as the owner's report names every counter. One case, since a key is a
    /// counter for all that come after.
    /// </summary>
    public static HttpCase Families(DateOnly today) => new(
        "a key of a family is a counter from its first person on",
        CountPage("one").From("").Answers(NotYetCounted),
        CountPage("one").From(Browsers.Firefox).With("Sec-Purpose", "prefetch").Answers(NotYetCounted),
        OwnPicture("/family/one").From("").Answers(NotYetCounted),
        Post("/api/visits", """{"counter":"/family/one","webdriver":true}""").From(Browsers.Firefox).Answers(NotYetCounted),
        Get("/api/hit.svg?counter=/family/one").From(Browsers.Firefox).Answers(Hit("visits", 34, "0", 7)),
        Get("/api/visits?counter=/family/one").Answers(Read("/family/one", 0, 0)),
        Report("?counter=readme", OwnerKey).Answers(EmptyReport("readme")),

        CountPage("one").From(Browsers.Firefox).With("Origin", AllowedOrigin)
            .Answers(Readable(Counted("/family/one", 1, 1, "visit"))),
        CountPage("one").From(Browsers.Firefox).Answers(Counted("/family/one", 1, 1, "repeat")),
        CountPage("one").From("").Answers(Counted("/family/one", 1, 1, "bot")),
        OwnPicture("/family/one").From(Browsers.Chrome).Answers(Hit("visits", 34, "2", 7)),
        Get("/api/badge.svg?counter=/family/one").Answers(Cached("visits", 34, "2", 7)),
        Get("/api/visits?counter=%2Ffamily%2fone").Answers(Read("/family/one", 2, 2)),
        Get($"/api/visits/daily?counter=/family/one&from={Text(today)}&to={Text(today)}").Answers(Ledger(
            "/family/one",
            today,
            today,
            "\"visits\":2,\"visitors\":2,\"notCounted\":{\"repeat\":1,\"bot\":1,\"prefetch\":0,\"opted-out\":0,\"limited\":0}")),

        CountPage("two").From("").With("Sec-GPC", "1").Answers(Counted("/family/two", 0, 0, "opted-out")),
        CountPage("two").From("").Answers(Counted("/family/two", 0, 0, "bot")),
        CountPage("").From(Browsers.Firefox).Answers(Counted("/family/", 1, 1, "visit")),
        Count("/family/case/own").From("").Answers(Counted("/family/case/own", 0, 0, "bot")),
        Report("?counter=readme", OwnerKey).Answers(Json(Report(
            "readme", Text(today), Text(today), "", NoTally, ["/family/", "/family/one", "/family/two"]))));

    private static HttpAnswer NotYetCounted => Problem(
        404,
        "Not Found",
        "Nobody has been counted under this key yet. The first person makes it a counter; a program does not.");

    private static IEnumerable<HttpCase> FamilyKeys() =>
    [
        .. new[] { "/family", "/Family/a", "/family/*", "/family/../a", "/family/./a", "/family/a b", "/familya", $"/family/{new string('a', 93)}" }
            .Select(key => new HttpCase(
                $"{key} is no key of the family",
                Count(key).From(Browsers.Firefox).Answers(UnknownCounter),
                Get($"/api/visits?counter={Encoded(key)}").Answers(UnknownCounter))),
        new("a key of a family that nobody has used is zero",
            Get("/api/visits?counter=/family/new").Answers(Read("/family/new", 0, 0)),
            Get("/api/badge.svg?counter=/family/new").Answers(Cached("visits", 34, "0", 7)),
            Get("/api/visits/daily?counter=/family/new&from=2020-01-01&to=2020-01-01")
                .Answers(Ledger("/family/new", new(2020, 1, 1), new(2020, 1, 1), Nothing)),
            Report("?counter=/family/new", OwnerKey).Answers(EmptyReport("/family/new"))),
    ];

    private static HttpCall CountPage(string name) => Count($"/family/{name}");

    private static HttpCall OwnPicture(string counter) =>
        Get($"/api/hit.svg?counter={counter}").With("Sec-Fetch-Site", "same-origin");
}
