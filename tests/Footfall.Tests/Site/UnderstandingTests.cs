using System.Text;
using System.Text.Json.Nodes;
using Footfall.Site;

namespace Footfall.Tests.Site;

/// <summary>What real files say in other ways than the format does, and what is made of it.</summary>
public sealed class UnderstandingTests
{
    [Theory]
    [InlineData("Sept 2015", "2015-09")]
    [InlineData("Jan. 2016", "2016-01")]
    [InlineData("17 May 2015", "2015-05-17")]
    [InlineData("May 17th, 2015", "2015-05-17")]
    [InlineData("May, 2015", "2015-05")]
    [InlineData("2015 May", "2015-05")]
    [InlineData("17. Mai 2015", "2015-05-17")]
    [InlineData("1er mai 2015", "2015-05-01")]
    [InlineData("17 de mayo de 2015", "2015-05-17")]
    [InlineData("mar. de 2021", "2021-03")]
    [InlineData("жовтень 2015", "2015-10")]
    [InlineData("عام", null)]
    [InlineData("مارس ٢٠٢١", "2021-03")]
    [InlineData("2012年5月", "2012-05")]
    [InlineData("2012年", "2012")]
    [InlineData("2021년 3월", "2021-03")]
    [InlineData("17.05.2015", "2015-05-17")]
    [InlineData("05.2015", "2015-05")]
    [InlineData("Jan-2020", "2020-01")]
    [InlineData("20-May-2019", "2019-05-20")]
    [InlineData("Aug2021", "2021-08")]
    [InlineData("20190503", "2019-05-03")]
    [InlineData("201905", "2019-05")]
    [InlineData("2020-00-00", "2020")]
    [InlineData("令和3年4月", "2021-04")]
    [InlineData("平成元年", "1989")]
    [InlineData("民國109年5月", "2020-05")]
    [InlineData("令和年", null)]
    [InlineData("1589709600", null)]
    [InlineData("w maju 2018 r.", "2018-05")]
    [InlineData("PAŹDZIERNIK 2018", "2018-10")]
    [InlineData("2018 рік", "2018")]
    [InlineData("EKİM 2018", "2018-10")]
    [InlineData("KASIM 2018", "2018-11")]
    [InlineData("fevrier 2018", "2018-02")]
    [InlineData("Jänner 2018", "2018-01")]
    [InlineData("أيار ٢٠١٥", "2015-05")]
    [InlineData("كانون الثاني 2015", "2015-01")]
    [InlineData("2018م", "2018")]
    [InlineData("במאי 2015", "2015-05")]
    [InlineData("फरवरी २०१८", "2018-02")]
    [InlineData("दिसम्बर 2018", "2018-12")]
    [InlineData("二〇一五年十二月", "2015-12")]
    [InlineData("2015年五月", "2015-05")]
    [InlineData("H27.5", "2015-05")]
    [InlineData("2015. 5. 17.", "2015-05-17")]
    [InlineData("05 2015", "2015-05")]
    [InlineData("(2015)", "2015")]
    [InlineData("May 2015.", "2015-05")]
    [InlineData("0001-01-01", null)]
    [InlineData("31/12/2019", "2019-12-31")]
    [InlineData("12/31/2019", "2019-12-31")]
    [InlineData("05/05/2019", "2019-05-05")]
    [InlineData("01/02/2020", null)]
    [InlineData("2024-09-31", null)]
    [InlineData("2020-13", null)]
    [InlineData("20", null)]
    [InlineData("May 2020 (expected)", null)]
    [InlineData("Summer 2015", null)]
    [InlineData("May '15", null)]
    [InlineData("12345 May", null)]
    public void A_date_is_understood_or_shown_as_it_was_written_and_told(string text, string? expected)
    {
        var resume = WithWork($$"""{ "name": "Acme", "startDate": "{{text}}", "endDate": "2030" }""");

        Assert.Equal(expected, resume.Work[0].StartDate?.Machine);
        Assert.Equal(expected ?? text, resume.Work[0].StartDate?.Written);
        Assert.Equal(
            expected is null ? [$"expected a date such as 2020, 2020-05 or 2020-05-17, found \"{text}\"; shown as written"] : [],
            resume.Warnings.Select(warning => warning.Message));
    }

    [Theory]
    [InlineData("2015-2019", "2015", "2019")]
    [InlineData("2015 – 2019", "2015", "2019")]
    [InlineData("2015/2019", "2015", "2019")]
    [InlineData("2015-16", "2015", "2016")]
    [InlineData("Jan 2015 - Mar 2016", "2015-01", "2016-03")]
    [InlineData("2015-01 - 2016-03", "2015-01", "2016-03")]
    [InlineData("Jan 2015 to present", "2015-01", null)]
    [InlineData("seit 2015", "2015", null)]
    [InlineData("Since May 2015", "2015-05", null)]
    [InlineData("2015 -", "2015", null)]
    [InlineData("2015+", "2015", null)]
    [InlineData("since forever", null, null)]
    [InlineData("März 2015 bis heute", "2015-03", null)]
    [InlineData("2015年4月～2019年3月", "2015-04", "2019-03")]
    [InlineData("2015年4月至今", "2015-04", null)]
    [InlineData("2010-11", "2010-11", null)]
    [InlineData("2010 - 11", "2010", "2011")]
    [InlineData("1999 – 02", "1999", "2002")]
    [InlineData("From May 2015 until June 2018", "2015-05", "2018-06")]
    [InlineData("May – June 2018", "2018-05", "2018-06")]
    [InlineData("03/2015-04/2016", "2015-03", "2016-04")]
    [InlineData("Jan 2015 → Mar 2016", "2015-01", "2016-03")]
    [InlineData("dal maggio 2015 al giugno 2016", "2015-05", "2016-06")]
    [InlineData("з 2015 по 2018", "2015", "2018")]
    [InlineData("من 2015 إلى 2018", "2015", "2018")]
    [InlineData("2015年4月から2018年3月まで", "2015-04", "2018-03")]
    [InlineData("2015 onwards", "2015", null)]
    [InlineData("2015'ten beri", "2015", null)]
    [InlineData("2015년 5월부터", "2015-05", null)]
    [InlineData("2015年起", "2015", null)]
    public void Two_dates_in_one_field_are_two_dates(string text, string? from, string? to)
    {
        var work = WithWork($$"""{ "name": "Acme", "startDate": "{{text}}" }""").Work[0];

        Assert.Equal((from, to), (work.StartDate?.Machine, work.EndDate?.Machine));
    }

    [Theory]
    [InlineData("""{ "date": "2015 - 2019" }""", "2015", "2019")]
    [InlineData("""{ "dates": { "start": "2015", "end": "2019" } }""", "2015", "2019")]
    [InlineData("""{ "start_date": "2015", "End Date": "2019" }""", "2015", "2019")]
    [InlineData("""{ "startDate": { "year": 2015, "month": 4 }, "endDate": { "year": 2019 } }""", "2015-04", "2019")]
    [InlineData("""{ "startDate": 2015, "endDate": 2019 }""", "2015", "2019")]
    public void Dates_are_found_under_their_other_names(string json, string from, string to)
    {
        var work = WithWork(json).Work[0];

        Assert.Equal((from, to), (work.StartDate?.Machine, work.EndDate?.Machine));
    }

    [Theory]
    [InlineData("Summer 2015 - Fall 2016")]
    [InlineData("Spring 2015 – present")]
    [InlineData("2015 - 2018 (3 years)")]
    [InlineData("2015, 2018")]
    [InlineData("2019-2015")]
    public void Two_dates_in_words_have_no_other_end_than_theirs(string text)
    {
        var work = WithWork($$"""{ "name": "Acme", "startDate": "{{text}}" }""").Work[0];

        Assert.Equal((text, text), (work.StartDate?.Written, work.EndDate?.Written));
    }

    [Theory]
    [InlineData("seit 2010", "bis 04/2015", "2010", "2015-04")]
    [InlineData("od maja 2010", "до травня 2015", "2010-05", "2015-05")]
    public void A_bound_may_say_which_one_it_is(string start, string end, string from, string to)
    {
        var resume = WithWork($$"""{ "name": "Acme", "startDate": "{{start}}", "endDate": "{{end}}" }""");

        Assert.Equal((from, to), (resume.Work[0].StartDate?.Machine, resume.Work[0].EndDate?.Machine));
        Assert.Empty(resume.Warnings);
    }

    [Theory]
    [InlineData("aktuell")]
    [InlineData("ŞİMDİ")]
    [InlineData("DEVAM EDİYOR")]
    [InlineData("حتى الان")]
    [InlineData("until present")]
    [InlineData("Hasta la actualidad")]
    [InlineData("até à data")]
    [InlineData("fino ad oggi")]
    [InlineData("tot op heden")]
    [InlineData("do dzisiaj")]
    [InlineData("по сьогодні")]
    [InlineData("עד כה")]
    [InlineData("वर्तमान में")]
    [InlineData("到现在")]
    [InlineData("現在まで")]
    [InlineData("현재까지")]
    [InlineData("heute")]
    [InlineData("présent")]
    [InlineData("aujourd'hui")]
    [InlineData("aujourd’hui")]
    [InlineData("actualidad")]
    [InlineData("atualmente")]
    [InlineData("至今")]
    [InlineData("現在")]
    [InlineData("현재")]
    [InlineData("Present.")]
    [InlineData("(Present)")]
    [InlineData("till date")]
    [InlineData("UNTIL NOW")]
    [InlineData("obecnie")]
    [InlineData("halen")]
    [InlineData("дотепер")]
    [InlineData("—")]
    public void Now_is_understood_in_every_language(string text)
    {
        var resume = WithWork($$"""{ "name": "Acme", "startDate": "2019", "endDate": "{{text}}" }""");

        Assert.Null(resume.Work[0].EndDate);
        Assert.DoesNotContain(resume.Warnings, warning => warning.Path.EndsWith("endDate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_stands_for_an_entry_of_any_section()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Jane", "location": "Berlin, Germany", "profiles": ["https://forge.example.com/jane", "@jane"] },
              "work": ["Acme"], "volunteer": ["Lifeboats"], "education": ["College"], "awards": ["Best of 2019"],
              "certificates": ["AWS Architect"], "publications": ["On seams"], "skills": "Welding", "languages": ["Welsh"],
              "interests": ["Sailing"], "references": "Available on request", "projects": ["Trellis"]
            }
            """);

        Assert.Equal("Berlin, Germany", PostalAddress.Write(resume.Basics.Location!));
        Assert.Equal(("https://forge.example.com/jane", "@jane"), (resume.Basics.Profiles[0].Url?.AbsoluteUri, resume.Basics.Profiles[1].Username));
        Assert.Equal(
            "Acme, Lifeboats, College, Best of 2019, AWS Architect, On seams, Welding, Welsh, Sailing, Available on request, Trellis",
            string.Join(
                ", ",
                resume.Work[0].Name, resume.Volunteer[0].Organization, resume.Education[0].Institution, resume.Awards[0].Title,
                resume.Certificates[0].Name, resume.Publications[0].Name, resume.Skills[0].Name, resume.Languages[0].Language,
                resume.Interests[0].Name, resume.References[0].Name, resume.Projects[0].Name));
    }

    [Fact]
    public void An_object_of_names_stands_for_a_list()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Jane", "profiles": { "Forge": "https://forge.example.com/jane" } },
              "skills": { "Tools": ["Go", "SQL"], "Crafts": "Welding", "Deep": { "level": "Master" } },
              "languages": { "Welsh": "native" },
              "work": { "name": "Acme", "position": "Lead" }
            }
            """);

        Assert.Equal(("Forge", "https://forge.example.com/jane"), (resume.Basics.Profiles[0].Network, resume.Basics.Profiles[0].Url?.AbsoluteUri));
        Assert.Equal(["Tools: Go, SQL", "Crafts: Welding", "Deep: "], resume.Skills.Select(skill => $"{skill.Name}: {string.Join(", ", skill.Keywords)}"));
        Assert.Equal("Master", resume.Skills[2].Level);
        Assert.Equal(("Welsh", "native"), (resume.Languages[0].Language, resume.Languages[0].Fluency));
        Assert.Equal(("Acme", "Lead"), (resume.Work[0].Name, resume.Work[0].Position));
        Assert.Equal(["basics.profiles", "skills", "languages", "work"], resume.Warnings.OrderBy(warning => warning.Line).ThenBy(warning => warning.Column).Select(warning => warning.Path));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("[\"a\", \"b\"]", "a, b")]
    [InlineData("""{ "name": "a", "level": "b" }""", "a, Level: b")]
    [InlineData("""{ "en": "Lead", "de": "Leitung" }""", "Lead")]
    [InlineData("""{ "de": "Leitung", "fr": "Chef" }""", "Leitung")]
    [InlineData("true", null)]
    public void Whatever_stands_for_a_text_is_shown_or_told(string json, string? expected)
    {
        var resume = WithWork($$"""{ "name": "Acme", "position": {{json}} }""");

        Assert.Equal(expected, resume.Work[0].Position);
        Assert.Equal(expected == "7" ? 0 : 1, resume.Warnings.Count);
    }

    [Fact]
    public void Texts_in_objects_are_texts_of_a_list()
    {
        var work = WithWork("""
            { "name": "Acme", "highlights": ["a", { "text": "b", "tags": ["x"] }, { "title": "c", "year": 2020 }, 7, ["d", "e"]] }
            """).Work[0];

        Assert.Equal(["a", "b", "c, Year: 2020", "7", "d", "e"], work.Highlights);
    }

    [Fact]
    public void Of_two_names_of_a_field_neither_vanishes()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Ada" },
              "work": [{ "name": "NAME LTD", "company": "COMPANY LTD" }, { "name": "Same", "company": "Same" }],
              "publications": [{ "name": "P", "url": "https://a.example.com", "website": "https://b.example.com" }],
              "projects": [{ "name": "T", "description": "DESCRIPTION TEXT", "summary": "SUMMARY TEXT" }]
            }
            """);

        Assert.Equal("COMPANY LTD", resume.Work[0].Others!["company"].GetString());
        Assert.Null(resume.Work[1].Others);
        Assert.Equal("https://b.example.com", resume.Publications[0].Others!["website"].GetString());
        Assert.Equal(("DESCRIPTION TEXT", "SUMMARY TEXT"), (resume.Projects[0].Description, resume.Projects[0].Summary));
        Assert.Equal(["work[0].company", "publications[0].website"], resume.Warnings.Select(warning => warning.Path));
    }

    [Theory]
    [InlineData("""{ "name": "a.example.com", "url": "https://a.example.com" }""")]
    [InlineData("""{ "href": "https://a.example.com" }""")]
    [InlineData("""["https://a.example.com", "https://b.example.com"]""")]
    public void A_link_is_found_in_what_stands_for_it(string json) =>
        Assert.Equal("https://a.example.com/", WithWork($$"""{ "name": "Acme", "url": {{json}} }""").Work[0].Url?.AbsoluteUri);

    [Fact]
    public void Any_entry_may_say_where_what_and_with_which_words()
    {
        const string Common = """
            "location": { "city": "Bristol", "countryCode": "GB" }, "description": "D", "summary": "S",
            "highlights": ["H"], "keywords": ["K"], "url": "https://e.example.com", "startDate": "2020", "endDate": "2021"
            """;
        var resume = Resumes.Parse($$"""
            {
              "basics": { "name": "Jane" }, "work": [{ {{Common}} }], "volunteer": [{ {{Common}} }], "education": [{ {{Common}} }],
              "awards": [{ {{Common}} }], "certificates": [{ {{Common}} }], "publications": [{ {{Common}} }], "skills": [{ {{Common}} }],
              "languages": [{ {{Common}} }], "interests": [{ {{Common}} }], "references": [{ {{Common}} }], "projects": [{ {{Common}} }],
              "talks": [{ {{Common}} }]
            }
            """);

        SectionEntry[] entries =
        [
            resume.Work[0], resume.Volunteer[0], resume.Education[0], resume.Awards[0], resume.Certificates[0], resume.Publications[0],
            resume.Skills[0], resume.Languages[0], resume.Interests[0], resume.References[0], resume.Projects[0], resume.Custom[0].Entries[0],
        ];
        Assert.All(entries, entry => Assert.Equal(
            ("Bristol, GB", "D", "S", "H", "K", "https://e.example.com/", "2020", "2021"),
            (entry.Location, entry.Description, entry.Summary, entry.Highlights[0], entry.Keywords[0], entry.Url?.AbsoluteUri, entry.StartDate?.Written, entry.EndDate?.Written)));
        Assert.Equal("talks", Assert.Single(resume.Warnings).Path);
    }

    [Fact]
    public void A_custom_section_stands_behind_the_one_it_follows()
    {
        var resume = Resumes.Parse("""
            {
              "objective": "To build.", "basics": { "name": "Jane" }, "work": [{ "name": "Acme" }], "talks": ["One"], "patents": ["Two"],
              "education": [{ "institution": "College" }], "side_projects": { "old": ["a"], "new": { "title": "b" } }
            }
            """);

        Assert.Equal(
            ["about", "objective", "work", "talks", "patents", "projects", "volunteer", "education", "side_projects"],
            resume.SectionOrder.Take(9));
        Assert.Equal("Side projects", resume.Heading("side_projects"));
        Assert.Equal(["Old", "b"], resume.Custom[3].Entries.Select(entry => entry.Title));
    }

    [Theory]
    [InlineData("issueDate", "Issue date")]
    [InlineData("issue_date", "Issue date")]
    [InlineData("GPA", "GPA")]
    [InlineData("certificationURL", "Certification URL")]
    [InlineData("side-projects", "Side projects")]
    [InlineData("ИмяПоле", "Имя поле")]
    [InlineData("志願", "志願")]
    [InlineData("???", "???")]
    public void A_fields_name_is_a_label(string name, string expected) => Assert.Equal(expected, FieldNames.Label(name));

    [Theory]
    [InlineData("Built <b>fast</b> things.<br>And more.", "Built fast things.\nAnd more.")]
    [InlineData("<a data-href='x' href = https://a.example.com class=b>my site</a>", "[my site](https://a.example.com)")]
    [InlineData("<a name=top>the top</a>", "the top")]
    [InlineData("<b>before</b> <!-- a > b --> <!-- a note --> after", "before   after")]
    [InlineData("See <a href=\\\"https://a.example.com\\\" target=_blank>my site</a>.", "See [my site](https://a.example.com).")]
    [InlineData("<p>One</p><p>Two &amp; three</p>", "One\n\n\n\nTwo & three")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("&lt;script&gt;", "<script>")]
    [InlineData("&copy; 2020", "© 2020")]
    [InlineData("<a href='https://a.example.com'>my <b>own</b> site</a>", "[my own site](https://a.example.com)")]
    [InlineData("<a href='javascript:alert(1)'>here</a>", "here")]
    [InlineData("<a href='cv.pdf'>here</a>", "here (cv.pdf)")]
    [InlineData("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>", "- a\n\n  1. b\n  2. c\n- d")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a, b\n\nc")]
    [InlineData("a<button>b</button><option>c</option>", "a\n\nb\n\n\nc")]
    [InlineData("<img src=x onerror=alert(1) alt='A chart'>", "A chart")]
    public void HTML_is_told_and_its_text_stays(string text, string expected)
    {
        var resume = WithWork($$"""{ "name": "Acme", "summary": "{{text}}" }""");

        Assert.Equal(expected, resume.Work[0].Summary);
        Assert.Equal("expected text, found HTML in it; shown without its tags", Assert.Single(resume.Warnings).Message);
    }

    [Theory]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("a<style>p { color: red }</style>b", "ab")]
    [InlineData("a<svg onload=alert(1)><path d='M0'/></svg>b", "ab")]
    [InlineData("a<script src=x>b", "ab")]
    public void What_scripts_and_styles_contain_is_no_text(string text, string expected)
    {
        var resume = WithWork($$"""{ "name": "Acme", "summary": "{{text}}" }""");

        Assert.Equal(expected, resume.Work[0].Summary);
        Assert.Equal("expected text, found HTML in it; shown without its tags, scripts and styles", Assert.Single(resume.Warnings).Message);
    }

    [Theory]
    [InlineData("**Lead** Engineer", "Lead Engineer")]
    [InlineData("`Lead` of [Acme](https://a.example.com)", "Lead of Acme (https://a.example.com)")]
    [InlineData("<b>Lead</b> of <a href='https://a.example.com'>Acme</a>", "Lead of Acme (https://a.example.com)")]
    public void A_title_is_plain_text(string written, string expected)
    {
        var resume = WithWork($$"""{ "name": "Acme", "position": "{{written}}" }""");

        Assert.Equal(expected, resume.Work[0].Position);
        Assert.Single(resume.Warnings);
    }

    [Theory]
    [InlineData("C* and A*, 2*3*4, snake_case_name, f(x)[0]")]
    public void A_star_in_a_title_is_a_star(string written)
    {
        var resume = WithWork($$"""{ "name": "Acme", "position": "{{written}}" }""");

        Assert.Equal(written, resume.Work[0].Position);
        Assert.Empty(resume.Warnings);
    }

    /// <summary>A pattern that goes back over what it has seen would take minutes over these.</summary>
    [Theory]
    [InlineData("<a href=a ")]
    [InlineData("<a href=")]
    [InlineData("<!--")]
    [InlineData("<b ")]
    [InlineData(" ")]
    [InlineData("1")]
    [InlineData("a-")]
    [InlineData("a.")]
    [InlineData("&#")]
    [InlineData("**a")]
    [InlineData("`")]
    [InlineData("[a](")]
    [InlineData("x<b>")]
    [InlineData("<script>")]
    [InlineData("<a href=b><ul>")]
    public void A_text_of_any_length_is_read_in_time(string again)
    {
        var text = string.Concat(Enumerable.Repeat(again, 100_000 / again.Length));

        var resume = Resumes.Parse(new JsonObject
        {
            ["basics"] = new JsonObject { ["name"] = "Jane", ["summary"] = $"x{text}x", ["phone"] = $"+1{text}x", ["email"] = $"a@{text}!" },
            ["work"] = new JsonArray(new JsonObject { ["name"] = "Acme", ["startDate"] = $"2015{text}x", ["url"] = $"{text}!" }),
        }.ToJsonString());

        Assert.StartsWith("x", MarkdownText.ToPlain(resume.Basics.Summary!), StringComparison.Ordinal);
        Assert.Null(ContactLinks.Phone($"+1{text}x"));
        Assert.Null(ContactLinks.Email($"a@{text}!"));
    }

    [Theory]
    [InlineData("List<string> and a < b > c")]
    [InlineData("AT&T")]
    [InlineData("R&D; fish &chips;")]
    [InlineData("Dictionary<string, object> and List<object>")]
    [InlineData("Wrote `<table>` layouts")]
    public void What_only_looks_like_HTML_is_text(string text)
    {
        var resume = WithWork($$"""{ "name": "Acme", "summary": "{{text}}" }""");

        Assert.Equal(text, resume.Work[0].Summary);
        Assert.Empty(resume.Warnings);
    }

    [Fact]
    public void A_resume_without_a_name_is_one()
    {
        var resume = Resumes.Parse("""{ "basics": { "firstName": "Jane", "lastName": "Doe" } }""");
        var nameless = Resumes.Parse("""{ "work": [{ "name": "Acme" }] }""");
        var flat = Resumes.Parse("""{ "name": "Jane Doe", "email": "jane@example.com", "work": [{ "name": "Acme" }] }""");

        Assert.Equal("Jane Doe", resume.Basics.Name);
        Assert.Equal("Résumé", nameless.Basics.Name);
        Assert.Equal(("Jane Doe", "jane@example.com"), (flat.Basics.Name, flat.Basics.Email));
        Assert.Equal("basics", Assert.Single(nameless.Warnings).Path);
        Assert.Equal("Jane Doe", Resumes.Parse("""{ "profile": { "name": "Jane Doe" }, "educationList": [{ "school": "College" }] }""").Basics.Name);
        Assert.Equal("Jane Doe", Resumes.Parse("""{ "fullname": "Jane Doe", "role": "Welder" }""").Basics.Name);
    }

    [Theory]
    [InlineData("""{ "startDate": "2012", "date": "2015" }""", "2012", "2015", "")]
    [InlineData("""{ "startDate": "2012", "endDate": "2014", "date": "2015" }""", "2012", "2014", "date")]
    [InlineData("""{ "startDate": "2012", "date": "2011" }""", "2012", null, "date")]
    public void A_date_beside_a_beginning_is_the_end_or_stays_a_date(string json, string from, string? to, string others)
    {
        var work = WithWork(json).Work[0];

        Assert.Equal((from, to), (work.StartDate?.Machine, work.EndDate?.Machine));
        Assert.Equal(others, string.Join(' ', work.Others?.Keys ?? []));
    }

    [Fact]
    public void Two_dates_of_an_award_are_both_there()
    {
        var resume = Resumes.Parse("""
            { "basics": { "name": "Jane" }, "awards": [
              { "title": "A", "date": "2018 - 2019" }, { "title": "B", "date": "2020", "endDate": "2023" },
              { "title": "C", "date": "2020", "year": "2021" }] }
            """);

        Assert.Equal(
            ["2018 2019", "2020 2023", "2020 "],
            resume.Awards.Select(award => $"{(award.Date ?? award.StartDate)?.Machine} {award.EndDate?.Machine}"));
        Assert.Equal("year", Assert.Single(resume.Awards[2].Others!).Key);
    }

    [Fact]
    public void Positions_inside_of_one_employer_are_entries_of_their_own()
    {
        var work = WithWork("""
            {
              "company": "Acme", "url": "https://acme.example.com", "highlights": ["For all"], "title": "All of it", "positions": [
                { "title": "Lead", "startDate": "2020" },
                { "name": "Junior", "startDate": "2018", "endDate": "2020", "highlights": ["Own"] }]
            }
            """).Work;

        Assert.Equal(["Lead at Acme: For all", "Junior at Acme: Own"], work.Select(one => $"{one.Position} at {one.Name}: {string.Join(' ', one.Highlights)}"));
        Assert.All(work, one => Assert.Equal("https://acme.example.com/", one.Url?.AbsoluteUri));
        Assert.Equal("All of it", Assert.Single(work[0].Others!, other => other.Key == "overall title").Value.GetString());
    }

    [Theory]
    [InlineData("""[{ "basics": { "name": "Jane" } }]""", "[0]")]
    [InlineData("""{ "resume": { "basics": { "name": "Jane" } } }""", "resume")]
    [InlineData("""{ "data": { "attributes": { "basics": { "name": "Jane" } } } }""", "data")]
    [InlineData("""{ "de": { "basics": { "name": "Hanna" } }, "en": { "basics": { "name": "Jane" } } }""", "en")]
    public void A_resume_inside_of_something_else_is_found_and_told(string json, string place)
    {
        var resume = ResumeReader.Parse(System.Text.Encoding.UTF8.GetBytes(json), "cv.json", new() { Language = Language.English });

        Assert.Equal("Jane", resume.Basics.Name);
        Assert.Contains(resume.Warnings, warning => warning.Message.EndsWith($"around them; read from {place}", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_values_in_several_languages_the_pages_own_is_shown()
    {
        const string Json = """
            {
              "basics": { "name": "Jane", "label": { "en": "Engineer", "de": "Ingenieurin" } },
              "work": [{ "name": "Acme", "highlights": { "en": ["One"], "de": ["Eins"] } }],
              "languages": { "en": "Native", "de": "Fluent" }
            }
            """;

        var german = ResumeReader.Parse(System.Text.Encoding.UTF8.GetBytes(Json), "cv.de.json");

        Assert.Equal(("Ingenieurin", "Eins"), (german.Basics.Label, Assert.Single(german.Work[0].Highlights)));
        Assert.Equal(["en", "de"], german.Languages.Select(language => language.Language));
    }

    [Theory]
    [InlineData("//example.com/a", "https://example.com/a")]
    [InlineData("<https://example.com/a>", "https://example.com/a")]
    [InlineData("[mine](https://example.com/a)", "https://example.com/a")]
    [InlineData("see https://example.com/a, or ask", "https://example.com/a")]
    [InlineData("https://jane:secret@example.com/", null)]
    [InlineData("javascript:alert('https')", null)]
    public void A_link_is_found_in_what_stands_around_it(string text, string? expected)
    {
        var resume = Resumes.Parse($$"""{ "basics": { "name": "Jane", "url": {{Resumes.Quoted(text)}} } }""");

        Assert.Equal(expected, resume.Basics.Url?.AbsoluteUri);
        Assert.EndsWith(expected is null ? "left out" : $"read as {expected}", Assert.Single(resume.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "nome": "Ana", "experiência": [{ "empresa": "Acme" }] }""", "Ana")]
    [InlineData("""{ "basics": { "nombre": "Ana" } }""", "Ana")]
    [InlineData("""{ "Berufserfahrung": ["Acme"] }""", "Résumé")]
    [InlineData("""{ "basicInfo": { "name": "Ana" }, "technicalSkills": ["Go"] }""", "Ana")]
    public void A_resume_in_other_words_is_one(string json, string name) => Assert.Equal(name, Resumes.Parse(json).Basics.Name);

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-8", true)]
    public void A_file_in_any_form_of_Unicode_is_read(string encoding, bool hasMark)
    {
        var form = Encoding.GetEncoding(encoding);
        byte[] content = [.. hasMark ? form.GetPreamble() : [], .. form.GetBytes("{ \"basics\": { \"name\": \"Zoë\" } }")];

        var resume = ResumeReader.Parse(content, "resume.json");

        Assert.Equal("Zoë", resume.Basics.Name);
        Assert.Empty(resume.Warnings);
    }

    [Fact]
    public async Task A_section_without_a_name_has_a_heading()
    {
        var site = await SiteBuilder.BuildAsync(Resumes.Parse("""{ "basics": { "name": "Jane" }, "": ["Sailing"] }"""), new(), TestContext.Current.CancellationToken);

        Assert.Equal("…", SiteText.Html(site.Text("index.html")).QuerySelector("h2")?.TextContent);
    }

    [Fact]
    public void Lists_of_sentences_are_paragraphs_and_of_words_a_line()
    {
        var basics = Resumes.Parse("""{ "basics": { "name": "Jane", "summary": ["One.", "Two."], "label": ["Welder", "Cook"] } }""").Basics;

        Assert.Equal(("One.\n\nTwo.", "Welder, Cook"), (basics.Summary, basics.Label));
    }

    private static Resume WithWork(string json) =>
        Resumes.Parse($$"""{ "basics": { "name": "Jane" }, "meta": { "language": "en" }, "work": [{{json}}] }""");
}
