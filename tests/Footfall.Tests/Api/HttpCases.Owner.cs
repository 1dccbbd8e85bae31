using System.Globalization;
using System.Reflection;
using Footfall.Counting;

namespace Footfall.Tests.Api;

/// <content>What is the owner's.</content>
public static partial class HttpCases
{
    private const string BadDays = "\"days\" is a number from 1 to 36600, or left out for all.";

    private static string Version =>
        typeof(IVisitStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static HttpAnswer WrongKey =>
        Problem(401, "Unauthorized", "This is the owner's: send the owner's key as Authorization: Bearer KEY.")
            .With("WWW-Authenticate", "Bearer");

    private static HttpAnswer NoOwnerKey => Problem(
        404, "Not Found", "No owner's key is set here, so nothing opens these numbers. The owner can set one: docs/owner.md.");

    private static HttpAnswer NotPublished => Problem(
        404, "Not Found", "The owner keeps this to themselves. The owner can publish it in the settings.");

    private static HttpAnswer Blank => Answer(
            200,
            "image/svg+xml; charset=utf-8",
            "no-store",
            """<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" role="img" aria-label=""/>""")
        .With("Content-Security-Policy", "default-src 'none'; sandbox");

    private static HttpCall Report(string query, string key) =>
        Get($"/api/owner/report{query}").With("Authorization", $"Bearer {key}");

    private static IEnumerable<HttpCase> Owner(DateOnly today) =>
    [
        new("a page elsewhere may send JSON as plain text, which needs no question first",
            new HttpCall("POST", "/api/visits") { Body = """{"counter":"case/plain"}"""u8.ToArray() }
                .With("Content-Type", "text/plain;charset=UTF-8").From(Browsers.Firefox).With("Origin", AllowedOrigin)
                .Answers(Readable(Counted("case/plain", 1, 1, "visit")))),
        new("the owner reads where a visit came from, and that it is one of the sum",
            Post("/api/visits", """{"counter":"case/source","referrer":"www.linkedin.com"}""").From(Browsers.Firefox)
                .Answers(Counted("case/source", 1, 1, "visit")),
            Post("/api/visits", """{"counter":"case/source","referrer":"intranet.acme.example"}""").From(Browsers.Chrome)
                .Answers(Counted("case/source", 2, 2, "visit")),
            Post("/api/visits", """{"counter":"case/source","referrer":"github.com"}""").From(Browsers.Chrome)
                .Answers(Counted("case/source", 2, 2, "repeat")),
            Report("?counter=case/source&days=7", OwnerKey).Answers(Json(SourceReport(today)))),
        new("a link that there is none of counts for the page alone, and no answer tells",
            Post("/api/visits", """{"counter":"case/unknown-link","link":"k7f3q2xm"}""").From(Browsers.Firefox)
                .Answers(Counted("case/unknown-link", 1, 1, "visit")),
            Get("/api/visits?counter=~to/k7f3q2xm").Answers(UnknownCounter),
            Post("/api/visits", """{"counter":"~to/k7f3q2xm"}""").From(Browsers.Firefox).Answers(UnknownCounter),
            Get("/api/badge.svg?counter=~to/k7f3q2xm").Answers(UnknownCounter),
            Get("/api/hit.svg?counter=~to/k7f3q2xm").From(Browsers.Firefox).Answers(UnknownCounter),
            Report("?counter=~to/k7f3q2xm", OwnerKey).Answers(EmptyReport("~to/k7f3q2xm"))),
        new("the owner reads a counter that nobody has used", Report("?counter=readme", OwnerKey).Answers(EmptyReport("readme"))),
        new("the owner is told the version, and nobody else is",
            Get("/api/health").With("Authorization", $"Bearer {OwnerKey}").Answers(Json($$"""{"status":"ok","version":"{{Version}}"}""")),
            Get("/api/health").With("Authorization", "Bearer wrong").Answers(Json("""{"status":"ok"}"""))),
        new("HEAD of the owner's numbers needs the key, too",
            Head("/api/owner/report?counter=readme").Answers(WrongKey.WithoutBody())),
        new("the owner's numbers need the key",
            Get("/api/owner/report").Answers(WrongKey),
            Report("?counter=nothing", "wrong").Answers(WrongKey),
            Get("/api/owner/report").With("Authorization", $"Basic {OwnerKey}").Answers(WrongKey)),
        new("the name of the scheme may be in any case",
            Get("/api/owner/report?counter=readme").With("Authorization", $"bearer {OwnerKey}").Answers(EmptyReport("readme"))),
        new("the owner is told of a counter that there is none of",
            Report("?counter=nothing", OwnerKey).Answers(UnknownCounter)),
        .. new[] { "0", "-1", "36601", "7d", "", "1e3" }.Select(days => new HttpCase(
            $"'{days}' is no number of days", Report($"?days={days}", OwnerKey).Answers(Malformed(BadDays)))),
    ];

    private static HttpAnswer EmptyReport(string counter)
    {
        var today = Text(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        return Json(Report(counter, today, today, "", NoTally));
    }

    private const string NoTally =
        """{"visits":0,"visitors":0,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0}}""";

    private static string SourceReport(DateOnly today)
    {
        const string Tally =
            """{"visits":2,"visitors":2,"notCounted":{"repeat":1,"bot":0,"prefetch":0,"opted-out":0,"limited":0}}""";
        return Report(
            "case/source",
            Text(today.DayNumber > 6 ? today.AddDays(-6) : today),
            Text(today),
            $$$"""{"day":"{{{Text(today)}}}",{{{Tally[1..^1]}}},"sources":{"linkedin":1,"other":1}}""",
            Tally);
    }

    private static string Report(
        string counter, string from, string to, string days, string total, params IEnumerable<string> ofFamilies) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"counter":"{{counter}}","counters":[{{ListOf(Counters.Where(key => !key.EndsWith('*')).Concat(ofFamilies))}}],"from":"{{from}}","to":"{{to}}","days":[{{days}}],"total":{{total}},"links":[]}""");
}
