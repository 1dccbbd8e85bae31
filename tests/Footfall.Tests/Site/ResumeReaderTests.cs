using System.Text;
using Footfall.Site;

namespace Footfall.Tests.Site;

public sealed class ResumeReaderTests
{
    [Theory]
    [InlineData("""{ "basics": { "name": true } }""", "resume.json:1:23: basics.name: expected the person's name, found true")]
    [InlineData("""{ "basics": { "name": null } }""", "resume.json:1:23: basics.name: expected the person's name, found null")]
    [InlineData("""{ "basics": { "name": "" } }""", "resume.json:1:23: basics.name: expected the person's name, found an empty text")]
    [InlineData("""{ "basics": { "email": "x" } }""", "resume.json:1:13: basics.name: expected the person's name, found nothing")]
    [InlineData("""{ "basics": [] }""", "resume.json:1:13: basics.name: expected the person's name, found nothing")]
    [InlineData("{}", "resume.json:1:1: basics: expected an object with the person's name, found nothing")]
    [InlineData("""{ "type": "FeatureCollection", "features": [{ "id": 1 }] }""", "resume.json:1:1: basics: expected an object with the person's name, found nothing")]
    public void A_file_that_is_no_resume_is_refused(string json, string expected) =>
        Assert.Equal(
            expected + "; is this a file in the JSON Resume format (https://jsonresume.org/schema)?",
            Assert.Throws<ResumeException>(() => Resumes.Parse(json)).Message);

    [Theory]
    [InlineData("[]", "resume.json:1:1: expected an object with basics, found a list")]
    [InlineData("\"Jane\"", "resume.json:1:1: expected an object with basics, found text")]
    public void What_is_no_object_is_refused(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<ResumeException>(() => Resumes.Parse(json)).Message);

    [Theory]
    [InlineData("""{ "meta": { "format": "FRESH@1.0.0" }, "name": "Jane", "employment": { "history": [] } }""", "FRESH")]
    [InlineData("""{ "name": "Jane", "info": { "label": "x" }, "employment": { "history": [{ "employer": "Acme" }] } }""", "FRESH")]
    [InlineData("""{ "basics": { "name": "Jane" }, "sections": { "experience": { "items": [] } }, "metadata": { "template": "x" } }""", "Reactive Resume")]
    [InlineData("""{ "cv": { "name": "Jane" }, "design": {} }""", "RenderCV")]
    [InlineData("""{ "aboutMe": { "profile": {} }, "experience": {} }""", "Manfred")]
    [InlineData("""{ "SkillsPassport": {} }""", "Europass")]
    public void Another_programs_format_is_refused_by_its_name(string json, string expected)
    {
        var message = Assert.Throws<ResumeException>(() => Resumes.Parse(json)).Message;

        Assert.StartsWith("resume.json:1:1: expected the JSON Resume format (https://jsonresume.org/schema), found ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("--resume", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{ \"basics\": { \"name\": \"Jane\" }\n  \"work\": [] }", 2, 3)]
    [InlineData("{ \"basics\": {\n\t\"name\": \"Jané\" \"x\" } }", 2, 17)]
    [InlineData("{ \"basics\": { \"name\": \"Jane\" } } }", 1, 34)]
    [InlineData("{ 'basics': { } }", 1, 3)]
    [InlineData("{ \"basics\": ", 1, 13)]
    [InlineData("<html>", 1, 1)]
    public void What_is_not_JSON_is_refused_with_its_place(string text, int line, int column)
    {
        var problem = Assert.Single(Assert.Throws<ResumeException>(() => Resumes.Parse(text)).Problems);

        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.StartsWith("expected JSON, found a mistake in it: ", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_findings_are_told_in_the_order_of_the_file()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "email": false, "name": "Jane" },
              "work": [
                { "position": "A", "startDate": "2020-99", "name": true }
              ],
              "skills": "all of them"
            }
            """);

        Assert.Equal(
            [(2, 24, "basics.email"), (4, 37, "work[0].startDate"), (4, 56, "work[0].name"), (6, 13, "skills")],
            resume.Warnings.Select(warning => (warning.Line, warning.Column, warning.Path)));
    }

    [Fact]
    public void Of_a_name_that_occurs_twice_nothing_is_lost()
    {
        var resume = Resumes.Parse("""
            { "basics": { "name": "Jane", "label": "Welder", "label": "Diver" },
              "work": [{ "name": "Acme" }], "work": [{ "name": "Bolt" }] }
            """);

        Assert.Equal("Diver", resume.Basics.Others!["label 2"].GetString());
        Assert.Equal(["Acme", "Bolt"], resume.Work.Select(work => work.Name));
        Assert.Equal(
            [(1, 50, "basics.label"), (1, 50, "basics.label"), (2, 33, "work")],
            resume.Warnings.Select(warning => (warning.Line, warning.Column, warning.Path)).OrderBy(place => place));
    }

    [Theory]
    [InlineData("2020", "2020", "2020")]
    [InlineData("2020-05", "2020-05", "May 2020")]
    [InlineData("2020-5", "2020-05", "May 2020")]
    [InlineData("2020-05-17", "2020-05-17", "May 2020")]
    [InlineData("2020-5-7", "2020-05-07", "May 2020")]
    [InlineData("2020/05", "2020-05", "May 2020")]
    [InlineData("2020.05.17", "2020-05-17", "May 2020")]
    [InlineData("05/2020", "2020-05", "May 2020")]
    [InlineData("2017-12-24T15:53:00", "2017-12-24", "Dec 2017")]
    [InlineData("May 2020", "2020-05", "May 2020")]
    [InlineData("September 2020", "2020-09", "Sep 2020")]
    [InlineData("  2020 ", "2020", "2020")]
    [InlineData("Summer 2015", null, "Summer 2015")]
    public void Dates_are_read_as_precisely_as_they_are_written(string text, string? machine, string words)
    {
        var date = Resumes.WithWork($$"""{ "startDate": "{{text}}" }""").Work[0].StartDate;

        Assert.Equal((machine, words), (date?.Machine, date is null ? null : Language.English.Write(date)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("\"present\"")]
    [InlineData("\"Present\"")]
    [InlineData("\"now\"")]
    [InlineData("\"-\"")]
    public void An_end_that_is_now_is_no_date(string json) =>
        Assert.Null(Resumes.WithWork($$"""{ "name": "Acme", "endDate": {{json}} }""").Work[0].EndDate);

    [Theory]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("http://example.com/a?b=c#d", "http://example.com/a?b=c#d")]
    [InlineData("example.com", "https://example.com/")]
    [InlineData("www.example.com/me", "https://www.example.com/me")]
    [InlineData("example.com:8080", "https://example.com:8080/")]
    [InlineData("mailto:jane@example.com", "mailto:jane@example.com")]
    [InlineData("tel:+441174960143", "tel:+441174960143")]
    [InlineData("https://bücher.example.com/\"><script>", "https://bücher.example.com/%22%3E%3Cscript%3E")]
    public void Web_mail_and_telephone_are_links(string url, string expected)
    {
        var resume = Resumes.WithWork($$"""{ "url": {{Resumes.Quoted(url)}} }""");

        Assert.Equal(expected, resume.Work[0].Url?.AbsoluteUri);
        Assert.Empty(resume.Warnings);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://example.com")]
    [InlineData("https://")]
    [InlineData("my page")]
    public void Anything_else_is_no_link_and_says_so(string url)
    {
        var resume = Resumes.WithWork($$"""{ "name": "Acme", "url": {{Resumes.Quoted(url)}} }""");

        Assert.Null(resume.Work[0].Url);
        Assert.StartsWith("expected a link", Assert.Single(resume.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_field_names_of_the_first_version_are_known()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Jane", "picture": "me.jpg", "website": "https://jane.example.com" },
              "work": [{ "company": "Acme", "website": "https://acme.example.com" }],
              "volunteer": [{ "organization": "Club", "website": "https://club.example.com" }],
              "education": [{ "institution": "University", "gpa": "4.0" }],
              "publications": [{ "name": "Paper", "website": "https://paper.example.com" }]
            }
            """);

        Assert.Equal("me.jpg", resume.Basics.Image);
        Assert.Equal("https://jane.example.com/", resume.Basics.Url?.AbsoluteUri);
        Assert.Equal(("Acme", "https://acme.example.com/"), (resume.Work[0].Name, resume.Work[0].Url?.AbsoluteUri));
        Assert.Equal("https://club.example.com/", resume.Volunteer[0].Url?.AbsoluteUri);
        Assert.Equal("4.0", resume.Education[0].Score);
        Assert.Equal("https://paper.example.com/", resume.Publications[0].Url?.AbsoluteUri);
        Assert.Empty(resume.Warnings);
    }

    [Fact]
    public void What_people_leave_empty_is_absent()
    {
        var resume = Resumes.Parse("""
            {
              // a comment, and trailing commas
              "basics": { "name": " Jane ", "label": "", "summary": null, "location": {}, "profiles": null, },
              "work": [{ "name": "", "position": "", "startDate": "", "highlights": ["", null] }, null, {}, { "name": "Acme" }],
              "education": null,
              "skills": ["Welding", "", { "name": "Sewing", "keywords": "by hand" }],
              "languages": ["Welsh"],
            }
            """);

        Assert.Equal("Jane", resume.Basics.Name);
        Assert.Null(resume.Basics.Label);
        Assert.Null(resume.Basics.Location);
        Assert.Equal("Acme", Assert.Single(resume.Work).Name);
        Assert.Empty(resume.Education);
        Assert.Equal(["Welding", "Sewing"], resume.Skills.Select(skill => skill.Name));
        Assert.Equal(["by hand"], resume.Skills[1].Keywords);
        Assert.Equal("Welsh", Assert.Single(resume.Languages).Language);
        Assert.Empty(resume.Warnings);
    }

    [Fact]
    public void Numbers_stand_for_text_where_people_write_them()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Jane", "phone": 5551234, "location": { "postalCode": 12345 } },
              "work": [{ "startDate": 2019 }],
              "education": [{ "score": 3.8 }],
              "skills": [{ "level": 5 }]
            }
            """);

        Assert.Equal(("5551234", "12345"), (resume.Basics.Phone, resume.Basics.Location?.PostalCode));
        Assert.Equal("2019", resume.Work[0].StartDate?.Machine);
        Assert.Equal(("3.8", "5"), (resume.Education[0].Score, resume.Skills[0].Level));
    }

    [Fact]
    public void A_field_of_no_known_name_is_kept_and_told_once_for_its_kind()
    {
        var resume = Resumes.Parse("""
            {
              "$schema": "https://example.com", "_note": 1, "x-mine": 1, "patents": [{ "name": "x" }], "theme": "even",
              "basics": { "name": "Jane", "nickname": "J", "twitter": "" },
              "work": [{ "name": "A", "team": "Nine" }, { "name": "B", "team": "Two", "pinned": true, "_mine": 1 }],
              "meta": { "theme": "even" }
            }
            """);

        Assert.Equal(
            ["patents", "theme", "basics.nickname", "work[0].team", "work[1].pinned"],
            resume.Warnings.Select(warning => warning.Path));
        Assert.Equal(["Nine", "Two"], resume.Work.Select(work => work.Others!["team"].GetString()));
        Assert.Equal("patents", Assert.Single(resume.Custom).Name);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_tells_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes("""{ "basics": { "name": "Zoë 张" } }""")];

        Assert.Equal("Zoë 张", ResumeReader.Parse(content, "resume.json").Basics.Name);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'J', 0xF6, (byte)'r', (byte)'g' }, "Jörg", "expected UTF-8, found bytes that are none; read as Windows-1252")]
    [InlineData(new byte[] { (byte)'a', 0x92 }, "a’", "expected UTF-8, found bytes that are none; read as Windows-1252")]
    [InlineData(new byte[] { (byte)'a', (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' }, "a\uFFFD", "expected Unicode text, found half a surrogate pair; shown as \uFFFD")]
    public void Bytes_that_are_no_text_are_read_as_what_they_most_likely_are(byte[] name, string expected, string told)
    {
        byte[] content = [.. "{ \"basics\": { \"name\": \""u8, .. name, .. "\" } }"u8];

        var resume = ResumeReader.Parse(content, "resume.json");

        Assert.Equal((expected, told), (resume.Basics.Name, Assert.Single(resume.Warnings).Message));
    }

    [Fact]
    public void Depth_and_size_have_limits()
    {
        var deep = $$"""{ "basics": { "name": "Jane" }, "x": {{new string('[', 100_000)}}""";
        var large = new byte[ResumeReader.LargestFile + 1];

        Assert.Throws<ResumeException>(() => Resumes.Parse(deep));
        Assert.Equal(
            "resume.json:1:1: expected at most 4194304 bytes, found 4194305",
            Assert.Throws<ResumeException>(() => ResumeReader.Parse(large, "resume.json")).Message);
    }

    [Fact]
    public void Control_characters_are_left_out()
    {
        var resume = Resumes.WithWork("""{ "summary": "a\u0000b\u000bc\r\nd\te\u001b[31m" }""");

        Assert.Equal("abc\nd\te[31m", resume.Work[0].Summary);
    }

    [Fact]
    public void No_text_makes_the_reader_fail_in_another_way()
    {
        var random = new Random(20261122);
        var seed = Encoding.UTF8.GetBytes(Resumes.Complete);
        for (var round = 0; round < 2_000; round++)
        {
            var content = seed.ToArray();
            for (var change = 0; change < 4; change++)
            {
                content[random.Next(content.Length)] = (byte)"{}[]\",:0\\u\0\u001fé"[random.Next(13)];
            }

            try
            {
                ResumeReader.Parse(content, "resume.json");
            }
            catch (ResumeException e)
            {
                Assert.All(e.Problems, problem => Assert.True(problem is { Line: > 0, Column: > 0 }));
            }
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_input_error() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() =>
            ResumeReader.ReadAsync("no-such-resume.json", cancellationToken: TestContext.Current.CancellationToken));
}
