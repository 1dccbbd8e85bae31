namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    // Where the picture of a page's own number is shown, by all that a browser says of it.
    private static readonly (string Field, string Value)[][] OwnPages =
    [
        [("Sec-Fetch-Site", "same-origin")],
        [("Referer", "http://footfall.test/blog")],
        [("Referer", $"{AllowedOrigin}/"), ("Sec-Fetch-Site", "cross-site")],
        [("Origin", AllowedOrigin), ("Sec-Fetch-Site", "cross-site")],
    ];

    private static readonly (string Field, string Value)[][] OtherPages =
    [
        [],
        [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")],
        [("Sec-Fetch-Site", "none")],
        [("Referer", "https://elsewhere.example/page")],
        [("Referer", "https://footfall.test.elsewhere.example/")],
        [("Referer", "https://elsewhere.example/?https://footfall.test/")],
        [("Referer", "https://example.com@elsewhere.example/")],
        [("Referer", "https://elsewhere.example#https://footfall.test")],
        [("Referer", "about:blank")],
        [("Referer", "")],
        [("Origin", "https://elsewhere.example")],
        [("Origin", "null")],
    ];

    private static IEnumerable<HttpCase> Pictures(DateOnly today) =>
    [
        new("the picture of a page's own number counts on pages of ours",
        [
            .. OwnPages.Select(fields => PagePicture("/case/own-picture", fields)
                .Answers(fields[0] is ("Origin", _) ? Readable(Hit("visits", 34, "1", 7)) : Hit("visits", 34, "1", 7))),
            Get($"/api/visits/daily?counter=/case/own-picture&from={Text(today)}&to={Text(today)}").Answers(Ledger(
                "/case/own-picture", today, today,
                Nothing.Replace("s\":0", "s\":1", StringComparison.Ordinal).Replace("repeat\":0", "repeat\":3", StringComparison.Ordinal))),
        ]),
        new("the picture of a page's own number counts nothing elsewhere, or who knows where",
        [
            .. OtherPages.Select(fields => PagePicture("/case/foreign-picture", fields).Answers(Hit("visits", 34, "0", 7))),
            Get($"/api/visits/daily?counter=/case/foreign-picture&from={Text(today)}&to={Text(today)}")
                .Answers(Ledger("/case/foreign-picture", today, today, Nothing)),
        ]),
        new("a picture that the owner made for other pages is counted there, for that is what it is for",
            Get("/api/hit.svg?counter=case/foreign-picture").From(Browsers.Firefox)
                .With("Origin", "https://elsewhere.example").With("Sec-Fetch-Site", "cross-site")
                .Answers(Hit("visits", 34, "1", 7))),
    ];

    private static HttpCall PagePicture(string counter, params (string Field, string Value)[] fields) => fields.Aggregate(
        Get($"/api/hit.svg?counter={counter}").From(Browsers.Firefox).With("Host", "footfall.test"),
        (call, field) => call.With(field.Field, field.Value));
}
