using Footfall.Site;

namespace Footfall.Tests.Site;

public sealed class WritingTests
{
    [Theory]
    [InlineData("+44 (0)20 7946 0958", "tel:+442079460958")]
    [InlineData("tel:+44-20-7946-0958", "tel:+442079460958")]
    [InlineData("+1 (415) 555-0132", "tel:+14155550132")]
    [InlineData("+1.415.555.0132", "tel:+14155550132")]
    [InlineData("+1 555 010 0100 ext. 23", "tel:+15550100100;ext=23")]
    [InlineData("+1 555 010 0100 x23", "tel:+15550100100;ext=23")]
    [InlineData("+1 555 010 0100, extension: 23", "tel:+15550100100;ext=23")]
    [InlineData("+49 30 901820 Durchwahl 12", "tel:+4930901820;ext=12")]
    [InlineData("0049 30 / 901820", "tel:+4930901820")]
    [InlineData("+39 06 6982", "tel:+39066982")]
    [InlineData("+39 (0)6 6982", "tel:+39066982")]
    [InlineData("+44 020 7946 0958", "tel:+442079460958")]
    [InlineData("+49 [0]30 901820", "tel:+4930901820")]
    [InlineData("+225 07 12 34 56 78", "tel:+2250712345678")]
    [InlineData("(+44) 20 7946 0958", "tel:+442079460958")]
    [InlineData("Tel: +44 20 7946 0958 (mobile)", "tel:+442079460958")]
    [InlineData("+7 495 123-45-67 доб. 5", "tel:+74951234567;ext=5")]
    [InlineData("＋８１ ３ １２３４ ５６７８ 内線 12", "tel:+81312345678;ext=12")]
    [InlineData("+44 20 7946 0958 or +44 20 7946 0959", null)]
    [InlineData("+1 800 FLOWERS", null)]
    [InlineData("020 7946 0958", null)]
    [InlineData("(415) 555-0132", null)]
    [InlineData("+44 20 7946 0958 20 7946 0958", null)]
    [InlineData("on request", null)]
    [InlineData("123", null)]
    [InlineData("+44", null)]
    [InlineData("+", null)]
    public void A_telephone_number_is_dialled_from_anywhere_or_is_no_link(string phone, string? expected) =>
        Assert.Equal(expected, ContactLinks.Phone(phone)?.OriginalString);

    [Theory]
    [InlineData("jane@example.com", "mailto:jane@example.com")]
    [InlineData("mailto:jane@example.com", "mailto:jane@example.com")]
    [InlineData("jane+cv@mail.example.co.uk", "mailto:jane+cv@mail.example.co.uk")]
    [InlineData("on request", null)]
    [InlineData("mia [at] example [dot] com", null)]
    [InlineData("a@b.example.com, c@d.example.com", null)]
    [InlineData("jane@localhost", null)]
    [InlineData("@jane", null)]
    public void An_email_address_is_a_link_and_nothing_else_is(string email, string? expected) =>
        Assert.Equal(expected, ContactLinks.Email(email)?.OriginalString);

    [Theory]
    [InlineData("https://mia.example.com/", "mia.example.com")]
    [InlineData("https://mia.example.com:8443/cv", "mia.example.com:8443/cv")]
    [InlineData("https://scholar.example.com/citations?user=AbCdEf#top", "scholar.example.com/citations?user=AbCdEf#top")]
    [InlineData("https://www.example.com/in/m%C3%BCller", "www.example.com/in/müller")]
    [InlineData("https://example.com/josé/лекции", "example.com/josé/лекции")]
    [InlineData("https://example.com/a%20b%2Fc%25", "example.com/a%20b%2Fc%25")]
    [InlineData("https://example.com/%E2%80%AEevil", "example.com/%E2%80%AEevil")]
    [InlineData("https://example.com/cv/", "example.com/cv/")]
    [InlineData("mailto:jane@example.com", "jane@example.com")]
    public void A_link_is_shown_as_it_can_be_typed(string url, string expected) =>
        Assert.Equal(expected, ContactLinks.Shown(new(url)));

    [Theory]
    [InlineData("US", "2712 Broadway St, San Francisco, California 94115, US")]
    [InlineData("DE", "2712 Broadway St, 94115 San Francisco, California, DE")]
    [InlineData("IT", "2712 Broadway St, 94115 San Francisco California, IT")]
    [InlineData("NZ", "2712 Broadway St, San Francisco 94115, California, NZ")]
    [InlineData("BR", "2712 Broadway St, San Francisco, California, 94115, BR")]
    [InlineData("JP", "2712 Broadway St, San Francisco, California 94115, JP")]
    [InlineData("KR", "2712 Broadway St, San Francisco, California, 94115, KR")]
    [InlineData(null, "2712 Broadway St, 94115 San Francisco, California")]
    public void An_address_is_written_as_its_country_writes_it(string? country, string expected) =>
        Assert.Equal(expected, PostalAddress.Write(new()
        {
            Address = "2712 Broadway St",
            PostalCode = "94115",
            City = "San Francisco",
            Region = "California",
            CountryCode = country,
        }));

    [Theory]
    [InlineData("[")]
    [InlineData("*a **b ")]
    [InlineData("> ")]
    public void What_is_nested_deeper_than_anybody_means_is_text(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 20_000)) + "end";

        Assert.EndsWith("end", MarkdownText.ToPlain(text), StringComparison.Ordinal);
        Assert.NotEmpty(MarkdownText.ToHtml(text));
    }

    [Fact]
    public void An_address_in_its_own_script_goes_from_the_largest_to_the_smallest() => Assert.Equal(
        "150-0002 東京都渋谷区1-2-3, JP",
        PostalAddress.Write(new() { Address = "1-2-3", PostalCode = "150-0002", City = "渋谷区", Region = "東京都", CountryCode = "JP" }));

    [Theory]
    [InlineData("Built **fast** and *small* `p99`.", "<p dir=\"auto\">Built <strong>fast</strong> and <em>small</em> <code>p99</code>.</p>\n")]
    [InlineData("See [my site](https://a.example.com).", "<p dir=\"auto\">See <a href=\"https://a.example.com/\">my site</a>.</p>\n")]
    [InlineData("[x](javascript:alert(1))", "<p dir=\"auto\">x (javascript:alert(1))</p>\n")]
    [InlineData("a\nb\n\nc", "<p dir=\"auto\">a<br>\nb</p>\n<p dir=\"auto\">c</p>\n")]
    [InlineData("Stack:\n- Go\n- SQL", "<p dir=\"auto\">Stack:</p>\n<ul class=\"bullets\"><li dir=\"auto\">Go</li>\n<li dir=\"auto\">SQL</li>\n</ul>\n")]
    [InlineData("1. a\n2. b", "<ol><li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ol>\n")]
    [InlineData("2019. A good year", "<p dir=\"auto\">2019. A good year</p>\n")]
    [InlineData("# no heading\n---\n> no quote", "<p dir=\"auto\"># no heading<br>\n---<br>\n&gt; no quote</p>\n")]
    [InlineData("[1]: https://a.example.com", "<p dir=\"auto\">[1]: https://a.example.com</p>\n")]
    [InlineData("<script>alert(1)</script> & <b onclick=x>", "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b onclick=x&gt;</p>\n")]
    [InlineData("![alt](https://a.example.com/x.png)", "<p dir=\"auto\"><a href=\"https://a.example.com/x.png\">alt</a></p>\n")]
    [InlineData("![](x.png) ![alt](x.png)", "<p dir=\"auto\"> alt</p>\n")]
    [InlineData("[](https://a.example.com)", "<p dir=\"auto\"><a href=\"https://a.example.com/\">https://a.example.com</a></p>\n")]
    [InlineData("[mine](resume.pdf) [x]()", "<p dir=\"auto\">mine (resume.pdf) x</p>\n")]
    [InlineData("[a][1] and *b", "<p dir=\"auto\">[a][1] and *b</p>\n")]
    [InlineData("Stack:\n• Go\n– SQL", "<p dir=\"auto\">Stack:</p>\n<ul class=\"bullets\"><li dir=\"auto\">Go</li>\n<li dir=\"auto\">SQL</li>\n</ul>\n")]
    [InlineData("snake_case_name 2 * 3 * 4", "<p dir=\"auto\">snake_case_name 2 * 3 * 4</p>\n")]
    [InlineData("    deep", "<p dir=\"auto\">deep</p>\n")]
    public void Of_Markdown_the_safe_part_is_shown(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.ToHtml(text));

    [Theory]
    [InlineData("Cut `p99` by **38 %**", "Cut <code>p99</code> by <strong>38 %</strong>")]
    [InlineData("- one bullet", "one bullet")]
    [InlineData("• one bullet", "one bullet")]
    [InlineData("Stack:\n- Go\n- SQL", "<p dir=\"auto\">Stack:</p>\n<ul class=\"bullets\"><li dir=\"auto\">Go</li>\n<li dir=\"auto\">SQL</li>\n</ul>\n")]
    public void An_item_is_no_paragraph(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.ToInlineHtml(text));

    [Theory]
    [InlineData("Built **fast** things; see [my site](https://a.example.com).\n\nAnd `more`.", "Built fast things; see my site.\nAnd more.")]
    [InlineData("AT&amp;T", "AT&T")]
    [InlineData("[a][1] and *b", "[a][1] and *b")]
    public void Markdown_is_its_words_where_nothing_else_is_shown(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.ToPlain(text));

    [Fact]
    public async Task What_the_format_has_no_field_for_is_on_the_page()
    {
        var resume = Resumes.Parse("""
            {
              "basics": { "name": "Jane", "pronouns": "she/her", "email": "on request", "location": { "city": "Hull", "timezone": "UTC" } },
              "work": [{ "name": "Acme", "team": "Nine", "keywords": ["Go", "SQL"], "repository": "https://code.example.com/x%20y" }],
              "talks": [{ "title": "Counting once", "event": "Conf", "date": "2024", "url": "https://talk.example.com" }],
              "motto": "Measure **twice**", "tools": ["Saw", "Plane"]
            }
            """);

        var site = await SiteBuilder.BuildAsync(resume, new(), TestContext.Current.CancellationToken);
        var page = SiteText.Html(site.Text("index.html"));
        var text = string.Join(' ', page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.All(
            new[]
            {
                "Pronouns she/her", "Timezone UTC", "on request", "Team: Nine", "Go, SQL", "Repository: code.example.com/x%20y",
                "Talks Counting once", "Event: Conf", "Motto Measure twice", "Tools Saw, Plane",
            },
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal("Counting once", page.QuerySelector("a[href='https://talk.example.com/']")?.TextContent);
        Assert.Empty(page.QuerySelectorAll("a[href^='mailto:']"));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").DistinctBy(element => element.Id).Count());
    }
}
