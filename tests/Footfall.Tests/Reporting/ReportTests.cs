using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Reporting;

/// <summary>What a report says, in each of its formats.</summary>
public sealed class ReportTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly MemoryVisitStore store = new();
    private readonly CountedDays days;

    public ReportTests() => days = new CountedDays(store, store);

    [Theory]
    [InlineData(ReportSpan.Day, "2026-11-26", "2026-11-25", "2026-11-25", "2026-11-24", "2026-11-24", "on 25 November 2026")]
    [InlineData(ReportSpan.Day, "2026-01-01", "2025-12-31", "2025-12-31", "2025-12-30", "2025-12-30", "on 31 December 2025")]
    [InlineData(ReportSpan.Week, "2026-11-26", "2026-11-19", "2026-11-25", "2026-11-12", "2026-11-18", "from 19 November 2026 to 25 November 2026")]
    [InlineData(ReportSpan.Month, "2026-11-26", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30", "in October 2026")]
    [InlineData(ReportSpan.Month, "2026-01-31", "2025-12-01", "2025-12-31", "2025-11-01", "2025-11-30", "in December 2025")]
    [InlineData(ReportSpan.Month, "2028-03-31", "2028-02-01", "2028-02-29", "2028-01-01", "2028-01-31", "in February 2028")]
    public void A_period_is_of_whole_days_that_have_ended(
        ReportSpan span, string today, string from, string to, string fromBefore, string toBefore, string words)
    {
        var period = ReportPeriod.Before(span, CountedDays.DayOf(today));

        Assert.Equal((CountedDays.DayOf(from), CountedDays.DayOf(to)), (period.From, period.To));
        Assert.Equal((CountedDays.DayOf(fromBefore), CountedDays.DayOf(toBefore)), (period.Previous.From, period.Previous.To));
        Assert.Equal(words, period.ToString());
    }

    [Fact]
    public async Task It_says_what_came_of_the_day_and_nothing_of_other_days()
    {
        await FillAsync();

        Assert.Equal(
            """
            6 visits on 25 November 2026
            The day before: 2 visits. Days are UTC days.

            Links
              Acme, platform lead: first visit, 2 visits by 2 visitors
              Umbrella: 1 visit by 1 visitor, 1 bot
              Globex: no visit, 3 bots

            Counters
              /: 5 visits by 5 visitors (before: 2 visits by 2 visitors)
              readme: 1 visit by 1 visitor (before: no visit)

            Where visits came from
              link: 3
              direct: 2
              linkedin: 1

            Not counted
              the same visitor again: 1
              known automation: 1,200
              asked not to be counted: 2

            """,
            NoticeText.Write(ReportNotice.Of(await ReadAsync())));
    }

    [Fact]
    public async Task A_link_is_first_opened_once()
    {
        await days.OpenAsync("Acme", "acmeacme", "2026-11-25", "2026-11-26");

        Assert.True(Assert.Single((await ReadAsync("2026-11-26")).Links).IsFirst);
        Assert.False(Assert.Single((await ReadAsync("2026-11-27")).Links).IsFirst);
        Assert.True(Assert.Single((await ReadAsync("2026-11-27", ReportSpan.Week)).Links).IsFirst);
    }

    [Fact]
    public async Task Sources_add_up_to_the_visits_and_the_ledger_to_the_requests()
    {
        await FillAsync();

        var report = await ReadAsync();

        Assert.Equal(report.Sum.Visits, report.Sources.Sum);
        Assert.All(report.Counters, counter => Assert.Equal(counter.Tally.Visits, counter.Sources.Sum));
        Assert.Equal(1209, report.Sum.Requests);
    }

    [Fact]
    public async Task Bots_alone_are_no_visit()
    {
        await days.AddAsync("2026-11-25", Outcome.Bot, 7);
        await days.VisitAsync("2026-11-24");

        var report = await ReadAsync();

        Assert.False(report.HasVisits);
        Assert.StartsWith("No visit on 25 November 2026\nThe day before: 1 visit.", NoticeText.Write(ReportNotice.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_says_the_same()
    {
        await FillAsync();

        var text = NoticeMarkdown.Write(ReportNotice.Of(await ReadAsync()));

        Assert.StartsWith("# 6 visits on 25 November 2026\n\nThe day before: 2 visits. Days are UTC days.\n\n## Links\n\n- Acme, platform lead: first visit", text, StringComparison.Ordinal);
        Assert.Contains("\n- /: 5 visits by 5 visitors (before: 2 visits by 2 visitors)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_is_a_whole_document_that_needs_nothing_else()
    {
        await FillAsync();

        var html = NoticeHtml.Write(ReportNotice.Of(await ReadAsync()));
        var document = await new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocumentAsync(html, Stop);

        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("6 visits on 25 November 2026", document.Title);
        Assert.Equal("light dark", document.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Equal("first visit, 2 visits by 2 visitors", document.QuerySelector("tr td")!.TextContent);
        Assert.Equal(document.QuerySelectorAll("tr").Length, document.QuerySelectorAll("tr > th[scope=row]").Length);
        Assert.Empty(document.QuerySelectorAll("style, link, script, img, a, [class]"));
        Assert.DoesNotContain("color:", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_documented_members()
    {
        await FillAsync();

        Assert.Equal(
            """
            {"period":"day","from":"2026-11-25","to":"2026-11-25","visits":6,"visitors":6,"notCounted":{"repeat":1,"bot":1200,"prefetch":0,"opted-out":2,"limited":0},
            "before":{"from":"2026-11-24","to":"2026-11-24","visits":2,"visitors":2,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0}},
            "counters":[{"counter":"/","visits":5,"visitors":5,"notCounted":{"repeat":1,"bot":1200,"prefetch":0,"opted-out":2,"limited":0},"before":{"visits":2,"visitors":2,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0}},"sources":{"direct":1,"link":3,"linkedin":1}},
            {"counter":"readme","visits":1,"visitors":1,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0},"before":{"visits":0,"visitors":0,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0}},"sources":{"direct":1}}],
            "links":[{"key":"acmeacme","name":"Acme, platform lead","first":true,"visits":2,"visitors":2,"notCounted":{"repeat":0,"bot":0,"prefetch":0,"opted-out":0,"limited":0}},
            {"key":"umbrella","name":"Umbrella","first":false,"visits":1,"visitors":1,"notCounted":{"repeat":0,"bot":1,"prefetch":0,"opted-out":0,"limited":0}},
            {"key":"gxgxgxgx","name":"Globex","first":false,"visits":0,"visitors":0,"notCounted":{"repeat":0,"bot":3,"prefetch":0,"opted-out":0,"limited":0}}],
            "sources":{"direct":2,"link":3,"linkedin":1}}
            """.Replace("\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(ReportJson.Write(await ReadAsync()).Span));
    }

    /// <summary>Names that somebody hopes will be more than text.</summary>
    public static TheoryData<string> HostileNames =>
    [
        "<img src=x onerror=alert(1)>",
        "</th></table><script>alert(1)</script>",
        "Acme & Söhne \"GmbH\" 'x'",
        "<!channel> <!here> <@U012345> @here @channel @everyone @all",
        "[click](https://evil.example) ![x](https://evil.example/x.png)",
        "*bold* _it_ ~~gone~~ `code` ||spoiler|| # title",
        "- list > quote\u2028## a second line",
        "\u202Egnp.exe\u202C \u2066turned\u2069",
        "שלום, עולם",
        "&lt;already&gt; \\*escaped\\*",
        "{{.evil}} $(reboot) `reboot`",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_name_is_text_whatever_is_in_it(string name)
    {
        await days.OpenAsync(name, "acmeacme", "2026-11-25");
        var report = await ReadAsync();
        var notice = ReportNotice.Of(report);
        var shown = ForeignText.Plain(name);

        var html = await new HtmlParser().ParseDocumentAsync(NoticeHtml.Write(notice), Stop);
        Assert.Equal(shown, html.QuerySelector("th bdi")!.TextContent);
        Assert.Empty(html.QuerySelectorAll("img, script, a"));

        var rendered = await new HtmlParser().ParseDocumentAsync(Markdig.Markdown.ToHtml(NoticeMarkdown.Write(notice), Gfm), Stop);
        Assert.StartsWith($"{shown}: ", rendered.QuerySelector("li")!.TextContent.Replace("\u200B", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(rendered.QuerySelectorAll("li *"));

        using var message = JsonDocument.Parse(WebhookMessage.Write(notice, json => ReportJson.WriteShort(json, report)));
        var text = message.RootElement.GetProperty("text").GetString()!;
        Assert.DoesNotContain('<', text);
        Assert.DoesNotMatch("@[A-Za-z]", text);
        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("@[A-Za-z]", message.RootElement.GetProperty("content").GetString()!);
        Assert.Contains($"  {shown}: ", message.RootElement.GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Equal(name, message.RootElement.GetProperty("report").GetProperty("links")[0].GetProperty("name").GetString());

        var plain = NoticeText.Write(notice);
        Assert.Single(plain.Split('\n'), line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains("first visit", StringComparison.Ordinal));
        Assert.DoesNotMatch("[\u2028\u2029\u202A-\u202E\u2066-\u2069]", plain);
    }

    [Fact]
    public async Task A_message_to_a_chat_shows_the_first_of_each_section_and_how_many_more_there_are()
    {
        for (var i = 0; i < 100; i++)
        {
            await days.OpenAsync($"Bewerbung 応募 {i} @here <x>", $"acme{(char)('a' + (i / 10))}{(char)('a' + (i % 10))}xx".Replace('l', 'z'), "2026-11-25");
        }

        var pages = Enumerable.Range(0, 400).Select(page => $"/blog/{page:000}-{new string('x', 80)}").ToList();
        foreach (var page in pages)
        {
            await days.VisitAsync("2026-11-25", counter: page);
        }

        var report = await Report.ReadAsync(
            store, store, [.. pages, "/"], ReportPeriod.Before(ReportSpan.Day, CountedDays.DayOf("2026-11-26")), Stop);
        var bytes = WebhookMessage.Write(ReportNotice.Of(report), json => ReportJson.WriteShort(json, report));

        using var message = JsonDocument.Parse(bytes);
        Assert.InRange(bytes.Length, 0, 64 * 1024);
        Assert.All(["text", "content", "message"], name =>
        {
            var text = message.RootElement.GetProperty(name).GetString()!;
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 1500, 1900);
            Assert.Matches("^500 visits on 25 November 2026\n", text);
            Assert.Matches("\nLinks\n  Bewerbung(.|\n)*\n  \\.\\.\\. and [0-9]+ more: footfall report shows all\n\nCounters\n  /: 100 visits", text);
            Assert.Matches("\n  \\.\\.\\. and 39[0-9] more: footfall report shows all\n\nWhere visits came from\n  direct: 400\n  link: 100$", text);
        });
        var numbers = message.RootElement.GetProperty("report");
        Assert.Equal(("/", 50, 351), (numbers.GetProperty("counters")[0].GetProperty("counter").GetString(), numbers.GetProperty("counters").GetArrayLength(), numbers.GetProperty("countersLeftOut").GetInt32()));
        Assert.Equal((50, 50), (numbers.GetProperty("links").GetArrayLength(), numbers.GetProperty("linksLeftOut").GetInt32()));
        Assert.Equal(500, numbers.GetProperty("visits").GetInt32());
    }

    [Fact]
    public async Task The_longest_names_still_fit_into_a_message()
    {
        await days.OpenAsync(new string('&', Link.MaxNameLength), "acmeaaxx", "2026-11-25");
        await days.OpenAsync(new string('@', Link.MaxNameLength), "acmebbxx", "2026-11-25");
        var opening = new Opening(new Link("acmeacme", new string('&', Link.MaxNameLength), CountedDays.DayOf("2026-11-01")), CountedDays.DayOf("2026-11-25"));

        foreach (var notice in new[] { ReportNotice.Of(await ReadAsync()).AsRepetition(), opening.ToNotice(opening.Day).AsRepetition() })
        {
            using var message = JsonDocument.Parse(WebhookMessage.Write(notice, _ => { }));
            Assert.All(["text", "content", "message"], name =>
                Assert.InRange(Encoding.UTF8.GetByteCount(message.RootElement.GetProperty(name).GetString()!), 1, 1900));
        }
    }

    [Fact]
    public void An_opening_is_told_in_one_line()
    {
        var opening = new Opening(new Link("acmeacme", "Acme, platform lead", CountedDays.DayOf("2026-11-01")), CountedDays.DayOf("2026-11-25"));

        Assert.Equal("Acme, platform lead: first visit today", opening.ToNotice(CountedDays.DayOf("2026-11-25")).Title);
        Assert.Equal("Acme, platform lead: first visit on 25 November 2026", opening.ToNotice(CountedDays.DayOf("2026-11-26")).Title);
        using var message = JsonDocument.Parse(WebhookMessage.Write(opening.ToNotice(opening.Day), opening.Write));
        Assert.Equal("Acme, platform lead: first visit today", message.RootElement.GetProperty("text").GetString());
        Assert.Equal(
            """{"key":"acmeacme","name":"Acme, platform lead","day":"2026-11-25"}""",
            message.RootElement.GetProperty("opening").GetRawText());
    }

    private static Markdig.MarkdownPipeline Gfm { get; } =
        Markdig.MarkdownExtensions.UseAutoLinks(Markdig.MarkdownExtensions.UseEmphasisExtras(new Markdig.MarkdownPipelineBuilder())).Build();

    private async Task FillAsync()
    {
        await days.VisitAsync("2026-11-23", 9);
        await days.VisitAsync("2026-11-24");
        await days.VisitAsync("2026-11-25", source: Source.OfReferrer("www.linkedin.com"));
        await days.VisitAsync("2026-11-25");
        await days.VisitAsync("2026-11-25", counter: "readme");
        await days.VisitAsync("2026-11-26", 4);
        await days.OpenAsync("Acme, platform lead", "acmeacme", "2026-11-25", "2026-11-25");
        var umbrella = await days.OpenAsync("Umbrella", "umbrella", "2026-11-24", "2026-11-25");
        var globex = await days.OpenAsync("Globex", "gxgxgxgx");
        _ = await days.OpenAsync("Initech", "initechx", "2026-11-26");
        await days.AddAsync("2026-11-25", Outcome.Bot, counter: umbrella.Counter);
        await days.AddAsync("2026-11-25", Outcome.Bot, 3, globex.Counter);
        await days.AddAsync("2026-11-25", Outcome.Bot, 1200);
        await days.AddAsync("2026-11-25", Outcome.OptedOut, 2);
        await days.AddAsync("2026-11-25", Outcome.Repeat);
    }

    private Task<Report> ReadAsync(string today = "2026-11-26", ReportSpan span = ReportSpan.Day) => Report.ReadAsync(
        store, store, ["/", "readme", "unused"], ReportPeriod.Before(span, CountedDays.DayOf(today)), Stop);
}
