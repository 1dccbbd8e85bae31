using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Footfall.Site;

namespace Footfall.Tests.Site;

public sealed class HomePageTests
{
    private static readonly string[] SectionOrder =
    [
        "about", "work", "projects", "volunteer", "education", "certificates", "awards", "publications",
        "skills", "languages", "interests", "references",
    ];

    [Fact]
    public async Task Every_section_has_its_heading_and_its_place()
    {
        var page = await HomeAsync(Resumes.Parse(Resumes.Complete));

        Assert.Equal(SectionOrder, page.QuerySelectorAll("main > section").Select(section => section.Id));
        Assert.All(page.QuerySelectorAll("main > section"), section =>
            Assert.Equal(section.QuerySelector("h2")?.Id, section.GetAttribute("aria-labelledby")));
        Assert.Equal("Jane Doe", page.QuerySelectorAll("h1").Single().TextContent);
    }

    [Theory]
    [InlineData("h1", "Jane Doe")]
    [InlineData(".label", "Welder")]
    [InlineData(".contacts li:nth-child(1)", "Location 1 Dock Road, Bristol, Avon BS1, GB ·")]
    [InlineData(".contacts a[href='mailto:jane@example.com']", "jane@example.com")]
    [InlineData(".contacts a[href='tel:+441174960143']", "+44 117 496 0143")]
    [InlineData(".contacts a[href='https://jane.example.com/']", "jane.example.com")]
    [InlineData(".contacts a[rel=me][href='https://forge.example.com/janed']", "janed")]
    [InlineData("#about", "About First paragraph. Second paragraph.")]
    [InlineData("#work", "Work Lead · Mar 2020 – Present Acme, Hull Makes anvils. Led the shop. Built a bridge; Built another")]
    [InlineData("#work .at a[href='https://acme.example.com/']", "Acme")]
    [InlineData("#work time[datetime='2020-03']", "Mar 2020")]
    [InlineData("#projects h3 a[href='https://trellis.example.com/']", "Trellis")]
    [InlineData("#certificates h3 a[href='https://board.example.com/']", "Underwater welding")]
    [InlineData("#projects", "Projects Trellis · Jan 2021 – Feb 2021 Park, Designer, Sculpture A garden of steel. Still stands Steel")]
    [InlineData("#volunteer", "Volunteering Crew · 2018 – 2019 Lifeboats Saved people. Twelve of them")]
    [InlineData("#education", "Education BSc, Metallurgy · Sep 2015 – Jun 2018 College, First Alloys")]
    [InlineData("#certificates", "Certificates Underwater welding, Board · 2021")]
    [InlineData("#awards", "Awards Golden torch, Guild · Nov 2022 For seams.")]
    [InlineData("#publications", "Publications On seams, Press · Jan 2023 All about seams.")]
    [InlineData("#skills", "Skills Arc, Master: TIG, MIG")]
    [InlineData("#languages", "Languages Welsh, Native")]
    [InlineData("#interests", "Interests Sailing: Dinghies")]
    [InlineData("#references blockquote", "Never saw a better seam.")]
    [InlineData("#references figcaption", "John Roe")]
    [InlineData("footer time[datetime='2026-10-04']", "Oct 2026")]
    public async Task Every_field_is_shown(string selector, string expected)
    {
        var page = await HomeAsync(Resumes.Parse(Resumes.Complete));

        Assert.Equal(expected, Words(page.QuerySelectorAll(selector).Single()));
    }

    [Theory]
    [InlineData("""{ "work": [{ "url": "https://a.example.com/x" }] }""", "#work h3 a[href='https://a.example.com/x']", "a.example.com/x")]
    [InlineData("""{ "skills": [{ "url": "https://a.example.com/x" }] }""", "#skills h3 a[href='https://a.example.com/x']", "a.example.com/x")]
    [InlineData("""{ "talks": [{ "url": "https://a.example.com/x" }] }""", "main h3 a[href='https://a.example.com/x']", "a.example.com/x")]
    [InlineData("""{ "references": [{ "url": "https://a.example.com/x" }] }""", "#references a[href='https://a.example.com/x']", "a.example.com/x")]
    [InlineData("""{ "references": [{ "name": "John", "location": "Hull", "date": "2019-05" }] }""", "#references", "References Hull May 2019 John")]
    [InlineData("""{ "work": [{ "name": "Acme", "location": { "formatted": "Dock 5" } }] }""", "#work .at", "Formatted: Dock 5")]
    [InlineData("""{ "about": { "paragraphs": ["Mine"] } }""", "main section", "About Paragraphs Mine")]
    [InlineData("""{ "about": "Mine" }""", "#about", "About Mine")]
    [InlineData("""{ "work": [{ "name": "Acme", "links": [{ "label": "Demo", "url": "https://d.example.com" }, "https://e.example.com"] }] }""", ".other", "Links: Demo, e.example.com")]
    [InlineData("""{ "work": [{ "name": "Acme", "links": [{ "label": "Demo", "url": "https://d.example.com" }] }] }""", ".other a[href='https://d.example.com/']", "Demo")]
    [InlineData("""{ "talks": [{ "event": "Forge days", "role": "Speaker", "date": "2020-05", "gpa": 4 }] }""", "main section", "Talks Forge days · May 2020 Role: Speaker GPA: 4")]
    public async Task What_stands_in_an_odd_place_is_shown(string json, string selector, string expected)
    {
        var page = await HomeAsync(Resumes.Parse(json.Insert(1, """ "basics": { "name": "Jane" },""")));

        Assert.Equal(expected, Words(page.QuerySelector(selector)!));
    }

    [Fact]
    public async Task A_name_alone_is_a_page()
    {
        var page = await HomeAsync(Resumes.Parse("""{ "basics": { "name": "Jane Doe" } }"""));

        Assert.Equal("Jane Doe", page.Title);
        Assert.Empty(page.QuerySelectorAll("section"));
        Assert.Empty(page.QuerySelectorAll("address"));
        Assert.Equal("Jane Doe", page.QuerySelector("meta[name=description]")?.GetAttribute("content"));
        Assert.Empty(page.QuerySelectorAll("link[rel=canonical]"));
    }

    [Fact]
    public async Task Each_section_can_be_absent()
    {
        var complete = Resumes.Parse(Resumes.Complete);
        (string Id, Resume Resume)[] without =
        [
            ("about", complete with { Basics = complete.Basics with { Summary = null } }),
            ("work", complete with { Work = [] }),
            ("projects", complete with { Projects = [] }),
            ("volunteer", complete with { Volunteer = [] }),
            ("education", complete with { Education = [] }),
            ("certificates", complete with { Certificates = [] }),
            ("awards", complete with { Awards = [] }),
            ("publications", complete with { Publications = [] }),
            ("skills", complete with { Skills = [] }),
            ("languages", complete with { Languages = [] }),
            ("interests", complete with { Interests = [] }),
            ("references", complete with { References = [] }),
        ];

        foreach (var (id, resume) in without)
        {
            var page = await HomeAsync(resume);
            Assert.Equal(SectionOrder.Except([id]), page.QuerySelectorAll("section").Select(section => section.Id));
        }
    }

    [Fact]
    public async Task Entries_keep_the_order_of_the_file()
    {
        var page = await HomeAsync(Resumes.WithWork("""{ "position": "B" }, { "position": "A" }, { "position": "C" }"""));

        Assert.Equal(["B", "A", "C"], page.QuerySelectorAll("#work h3").Select(Words));
    }

    [Theory]
    [InlineData("""{ "name": "Acme", "url": "https://acme.example.com" }""", "Acme")]
    [InlineData("""{ "startDate": "2020", "endDate": "2020" }""", "2020")]
    [InlineData("""{ "endDate": "2020" }""", "2020")]
    [InlineData("""{ "startDate": "Summer 2015", "endDate": "2016" }""", "Summer 2015 – 2016")]
    [InlineData("""{ "location": "Hull" }""", "Hull")]
    public async Task An_entry_shows_what_it_has(string json, string expected)
    {
        var page = await HomeAsync(Resumes.WithWork(json));

        Assert.Equal(expected, Words(page.QuerySelectorAll("#work .entry").Single()));
    }

    [Fact]
    public async Task An_entry_without_a_name_is_no_article_as_an_article_has_a_heading()
    {
        var page = await HomeAsync(Resumes.Parse("""
            { "basics": { "name": "Jane" }, "work": [{ "name": "Acme" }, { "startDate": "2020" }], "nationality": { "country": "DE" } }
            """));

        Assert.Equal(["ARTICLE", "DIV", "DIV"], page.QuerySelectorAll(".entry").Select(entry => entry.TagName));
    }

    [Fact]
    public async Task Markup_in_any_field_is_text()
    {
        const string Markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

        var page = await HomeAsync(Resumes.Parse(ReplaceTexts(Resumes.Complete, Markup)));

        Assert.Equal("\"'>", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("counter", Path.GetFileName(page.Scripts.Single(script => script.Source is not null).Source)?.Split('.')[0]);
        Assert.Empty(page.QuerySelectorAll("img, [onerror]"));
        Assert.Equal((await HomeAsync(Resumes.Parse(Resumes.Complete))).All.Length, page.All.Length);
    }

    [Fact]
    public async Task Text_in_every_script_stays_as_it_is()
    {
        var page = await HomeBytesAsync(Resumes.Parse("""{ "basics": { "name": "张伟 Zoë 🚀 עברית" } }"""), new());

        Assert.Contains("<h1 dir=\"auto\">张伟 Zoë ", page, StringComparison.Ordinal);
        Assert.Equal("张伟 Zoë 🚀 עברית", SiteText.Html(page).QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task Each_text_of_the_writers_finds_its_own_direction()
    {
        var page = await HomeAsync(Resumes.Parse("""
            { "basics": { "name": "ליאת", "label": "Engineer", "phone": "+972 3 555 0123", "summary": "Builds." },
              "work": [{ "name": "חברה", "position": "Lead (C#)", "location": "Haifa", "highlights": ["Cut costs by 40 %."] }],
              "meta": { "language": "he" } }
            """));

        string[] texts = ["ליאת", "Engineer", "+972\u00a03\u00a0555\u00a00123", "Builds.", "Lead (C#)", "Cut costs by 40 %."];
        Assert.All(texts, text => Assert.Contains(
            page.QuerySelectorAll("[dir=auto]"), element => element.TextContent.Contains(text, StringComparison.Ordinal)));
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
    }

    [Fact]
    public async Task A_phone_number_does_not_break_on_a_screen_and_is_plain_on_paper()
    {
        var resume = Resumes.Parse("""{ "basics": { "name": "Jane", "phone": "+1 415-555-0132" } }""");

        var page = await HomeAsync(resume);
        var paper = Assert.Single((await SiteBuilder.BuildAsync(resume, new() { HasPdf = true }, TestContext.Current.CancellationToken)).Prints);

        Assert.Equal("+1\u00a0415\u2011555\u20110132", page.QuerySelector("a[href='tel:+14155550132']")?.TextContent);
        Assert.Equal("+1 415-555-0132", SiteText.Html(paper.Draft.Text()).QuerySelector("a[href='tel:+14155550132']")?.TextContent);
    }

    [Fact]
    public async Task A_phone_number_that_nobody_can_dial_is_no_link()
    {
        var page = await HomeAsync(Resumes.Parse("""{ "basics": { "name": "Jane", "phone": "on request" } }"""));

        Assert.Empty(page.QuerySelectorAll("a[href^='tel:']"));
        Assert.Equal("Phone on request", Words(page.QuerySelector(".contacts li")!));
    }

    [Theory]
    [InlineData("on request")]
    [InlineData("jane at example dot com")]
    [InlineData("Jane <jane@example.com>")]
    public async Task What_is_no_address_is_no_link(string email)
    {
        var page = await HomeAsync(Resumes.Parse($$"""{ "basics": { "name": "Jane", "email": {{Resumes.Quoted(email)}} } }"""));

        Assert.Empty(page.QuerySelectorAll(".contacts a"));
        Assert.Equal($"E-mail {email}", Words(page.QuerySelector(".contacts li")!));
    }

    [Fact]
    public async Task A_program_reads_the_text_with_its_commas_and_spaces()
    {
        var page = await HomeAsync(Resumes.Parse(Resumes.Complete));

        var text = string.Join(' ', page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Phone +44 117 496 0143 · Web jane.example.com · Forge janed", text, StringComparison.Ordinal);
        Assert.Contains("Lead · Mar 2020 – Present Acme, Hull Makes anvils. Led the shop. Built a bridge; Built another", text, StringComparison.Ordinal);
        Assert.Contains("Arc, Master: TIG, MIG", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_in_a_row_at_one_employer_stand_under_its_name_with_the_whole_span()
    {
        var page = await HomeAsync(Resumes.WithWork("""
            { "name": "Acme", "position": "Head", "startDate": "2021-03", "location": "Hull" },
            { "name": "Acme", "position": "Lead", "startDate": "2018-01", "endDate": "2021-02", "location": "Hull", "url": "https://acme.example.com" },
            { "name": "Bolt", "position": "Smith", "startDate": "2015", "endDate": "2017" },
            { "name": "Acme", "position": "Apprentice", "startDate": "2012", "endDate": "2014" }
            """));

        Assert.Equal(["Acme", "Smith", "Apprentice"], page.QuerySelectorAll("#work h3").Select(Words));
        Assert.Equal(["Head", "Lead"], page.QuerySelectorAll("#work h4").Select(Words));
        Assert.Equal(
            "Acme · Jan 2018 – Present Hull Head · Mar 2021 – Present Lead · Jan 2018 – Feb 2021",
            Words(page.QuerySelector("#work .entry")!));
        Assert.Equal("https://acme.example.com/", page.QuerySelector("#work h3 a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task One_employer_may_be_spelt_in_several_ways()
    {
        var page = await HomeAsync(Resumes.WithWork("""
            { "name": "Acme, Inc.", "position": "Head", "startDate": "2021", "url": "https://www.acme.example.com/" },
            { "name": "ACME Inc", "position": "Lead", "startDate": "2018", "endDate": "2021", "url": "http://acme.example.com" },
            { "name": "Acme Incorporated", "position": "Smith", "startDate": "2015", "endDate": "2017" }
            """));

        Assert.Equal(["Acme, Inc.", "Smith"], page.QuerySelectorAll("#work h3").Select(Words));
        Assert.Equal(["Head", "Lead"], page.QuerySelectorAll("#work h4").Select(Words));
    }

    [Fact]
    public async Task Who_left_and_came_back_was_not_there_in_between()
    {
        var page = await HomeAsync(Resumes.WithWork("""
            { "name": "Acme", "position": "Head", "startDate": "2021-03" },
            { "name": "Acme", "position": "Lead", "startDate": "2010", "endDate": "2012" }
            """));

        Assert.Equal("Acme Head · Mar 2021 – Present Lead · 2010 – 2012", Words(page.QuerySelector("#work .entry")!));
    }

    [Fact]
    public async Task Several_addresses_or_numbers_in_one_field_are_links_of_their_own()
    {
        var page = await HomeAsync(Resumes.Parse("""
            { "basics": { "name": "Jane", "email": "jane@example.com, j@work.example.com", "phone": "+44 20 7946 0958 or +49 (0)30 901820" } }
            """));

        Assert.Equal(
            ["mailto:jane@example.com", "mailto:j@work.example.com", "tel:+442079460958", "tel:+4930901820"],
            page.QuerySelectorAll("address a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task What_is_no_address_stays_as_a_text()
    {
        var page = await HomeAsync(Resumes.Parse("""
            { "basics": { "name": "Jane", "profiles": [{ "network": "Forge", "url": "@jane" }] },
              "work": [{ "name": "Acme", "url": "gone since 2020" }, { "name": "Bolt", "url": "javascript:alert(1)" }] }
            """));

        Assert.Equal("Forge @jane", Words(page.QuerySelector("address")!));
        Assert.Equal(["Acme URL: gone since 2020", "Bolt"], page.QuerySelectorAll("#work .entry").Select(Words));
    }

    [Fact]
    public async Task A_span_of_dates_in_words_is_not_guessed()
    {
        var page = await HomeAsync(Resumes.WithWork("""
            { "name": "Acme", "position": "Head", "startDate": "2021-03" },
            { "name": "Acme", "position": "Lead", "startDate": "Summer 2018", "endDate": "2021-02" }
            """));

        Assert.Equal("Acme Head · Mar 2021 – Present Lead · Summer 2018 – Feb 2021", Words(page.QuerySelector("#work .entry")!));
    }

    [Theory]
    [InlineData("4.0", "Grade: 4.0")]
    [InlineData("A+", "Grade: A+")]
    [InlineData("> 3.5", "Grade: > 3.5")]
    [InlineData("GPA 3.5", "GPA 3.5")]
    [InlineData("First class honours", "First class honours")]
    public async Task A_bare_score_says_what_it_is(string score, string expected)
    {
        var page = await HomeAsync(Resumes.Parse($$"""
            { "basics": { "name": "Jane" }, "education": [{ "institution": "College", "area": "Physics", "score": "{{score}}" }] }
            """));

        Assert.Equal($"College, {expected}", Words(page.QuerySelector("#education .at")!));
    }

    [Theory]
    [InlineData("GitHub", true)]
    [InlineData("Stack Overflow", true)]
    [InlineData("Twitter", true)]
    [InlineData("Forge", false)]
    public async Task A_known_network_has_its_sign_beside_its_name(string network, bool hasSign)
    {
        var page = await HomeAsync(Resumes.Parse($$"""
            { "basics": { "name": "Jane", "profiles": [{ "network": "{{network}}", "username": "jane" }] } }
            """));

        Assert.Equal(hasSign, page.QuerySelector(".contacts .kind svg[aria-hidden=true]") is not null);
        Assert.Equal($"{network} jane", Words(page.QuerySelector(".contacts li")!));
    }

    [Theory]
    [InlineData(240, true)]
    [InlineData(241, false)]
    public async Task Only_a_short_summary_is_set_larger(int length, bool isLarger)
    {
        var page = await HomeAsync(Resumes.Parse(
            $$"""{ "basics": { "name": "Jane", "summary": "{{new string('x', length)}}" } }"""));

        Assert.Equal(isLarger, page.QuerySelector("#about .lead") is not null);
    }

    [Theory]
    [InlineData("""["Built a bridge", "Built another"]""", "Built a bridge; Built another")]
    [InlineData("""["Built a bridge.", "Built another."]""", "Built a bridge. Built another.")]
    public async Task Short_highlights_run_in(string highlights, string expected)
    {
        var page = await HomeAsync(Resumes.WithWork($$"""{ "position": "Smith", "highlights": {{highlights}} }"""));

        Assert.Equal(expected, Words(page.QuerySelector("#work ul.run")!));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 visits")]
    [InlineData(1L, "1 visit")]
    [InlineData(1_234_567L, "1,234,567 visits")]
    public async Task The_last_known_count_is_in_the_page(long? known, string expected)
    {
        var page = SiteText.Html(await HomeBytesAsync(Resumes.Parse(Resumes.Complete), new() { KnownVisits = known }));

        Assert.Equal(expected, Words(page.QuerySelector("[data-counter]")!));
    }

    [Fact]
    public async Task The_counter_knows_its_key_and_its_API()
    {
        var resume = Resumes.Parse(Resumes.Complete);
        var own = SiteText.Html(await HomeBytesAsync(resume, new())).QuerySelector("[data-counter]")!;
        var other = SiteText.Html(await HomeBytesAsync(resume, new() { ApiBase = new("https://api.example.com/v1/") }))
            .QuerySelector("[data-counter]")!;

        Assert.Equal(("/", "api/visits"), (own.GetAttribute("data-counter"), own.GetAttribute("data-api")));
        Assert.Equal("https://api.example.com/v1/api/visits", other.GetAttribute("data-api"));
        Assert.Equal("status", own.GetAttribute("role"));
    }

    [Fact]
    public async Task Previews_and_search_engines_are_told_what_the_page_is()
    {
        var page = SiteText.Html(await HomeBytesAsync(
            Resumes.Parse(Resumes.Complete), new() { SiteUrl = new("https://jane.example.com/") }));

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Jane Doe – Welder", page.Title);
        Assert.Equal("First paragraph. Second paragraph.", Content("meta[name=description]"));
        Assert.Equal("Jane Doe – Welder", Content("meta[property='og:title']"));
        Assert.Equal("https://jane.example.com/", Content("meta[property='og:url']"));
        Assert.Equal("https://jane.example.com/", page.QuerySelector("link[rel=canonical]")?.GetAttribute("href"));

        string? Content(string selector) => page.QuerySelector(selector)?.GetAttribute("content");
    }

    [Fact]
    public async Task Programs_are_told_whose_profile_the_page_is()
    {
        var resume = Resumes.Parse(Resumes.Complete);
        var page = SiteText.Html(await HomeBytesAsync(
            resume with { Basics = resume.Basics with { Label = "</script><b>" } }, new() { SiteUrl = new("https://jane.example.com/") }));

        using var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        var person = data.RootElement.GetProperty("mainEntity");
        Assert.Equal("ProfilePage", data.RootElement.GetProperty("@type").GetString());
        Assert.Equal("2026-10-04", data.RootElement.GetProperty("dateModified").GetString());
        Assert.Equal("Person", person.GetProperty("@type").GetString());
        Assert.Equal("Jane Doe", person.GetProperty("name").GetString());
        Assert.Equal("</script><b>", person.GetProperty("jobTitle").GetString());
        Assert.Equal("https://forge.example.com/janed", person.GetProperty("sameAs")[0].GetString());
        Assert.Equal("Acme", person.GetProperty("worksFor")[0].GetProperty("name").GetString());
        Assert.Equal("Bristol", person.GetProperty("address").GetProperty("addressLocality").GetString());
    }

    [Fact]
    public async Task A_long_summary_is_cut_between_words_for_the_description()
    {
        var summary = string.Join(' ', Enumerable.Repeat("word", 100));
        var page = await HomeAsync(Resumes.Parse($$"""{ "basics": { "name": "Jane", "summary": "{{summary}}" } }"""));

        var description = page.QuerySelector("meta[name=description]")!.GetAttribute("content")!;
        Assert.InRange(description.Length, 150, 160);
        Assert.EndsWith(" word…", description, StringComparison.Ordinal);
    }

    /// <summary>Puts the same text into every field but dates and addresses.</summary>
    private static string ReplaceTexts(string json, string text)
    {
        string[] plain =
        [
            "Jane Doe", "Welder", "1 Dock Road", "Bristol", "Avon", "Forge", "janed\"", "Acme", "Lead\"", "Hull",
            "Makes anvils.", "Led the shop.", "Built a bridge", "Lifeboats", "Crew", "Saved people.", "Twelve of them",
            "College", "Metallurgy", "BSc", "First\"", "Alloys", "Golden torch", "Guild", "For seams.",
            "Underwater welding", "Board", "On seams", "Press", "All about seams.", "Arc\"", "Master", "TIG", "Welsh",
            "Native", "Sailing", "Dinghies", "John Roe", "Never saw a better seam.", "Trellis", "A garden of steel.",
            "Still stands", "Steel", "Designer", "Park", "Sculpture", "jane@example.com",
        ];
        return plain.Aggregate(json, (result, word) =>
        {
            var replaced = result.Replace(
                $"\"{word.TrimEnd('"')}\"", Resumes.Quoted(text), StringComparison.Ordinal);
            Assert.NotEqual(result, replaced);
            return replaced;
        });
    }

    private static async Task<IHtmlDocument> HomeAsync(Resume resume) => SiteText.Html(await HomeBytesAsync(resume, new()));

    private static async Task<string> HomeBytesAsync(Resume resume, SiteOptions options) =>
        (await SiteBuilder.BuildAsync(resume, options, TestContext.Current.CancellationToken)).Text("index.html");

    /// <summary>What a reader sees, elements apart and spaces together.</summary>
    private static string Words(IElement element)
    {
        var texts = element.GetDescendants().OfType<IText>().Select(text => text.Text.Trim()).Where(text => text.Length > 0);
        return string.Join(' ', string.Join(' ', texts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace(" ,", ",", StringComparison.Ordinal).Replace(" :", ":", StringComparison.Ordinal);
    }
}
