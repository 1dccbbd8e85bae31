using System.Text.RegularExpressions;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Tests.Counting;

/// <summary>Of a page that a reader comes from no more is kept than a name of the list.</summary>
public sealed partial class SourceTests
{
    [Theory]
    [InlineData(null, "direct")]
    [InlineData("", "direct")]
    [InlineData("linkedin.com", "linkedin")]
    [InlineData("www.linkedin.com", "linkedin")]
    [InlineData("de.linkedin.com", "linkedin")]
    [InlineData("a.b.c.d.e.f.linkedin.com", "linkedin")]
    [InlineData("WWW.LinkedIn.COM", "linkedin")]
    [InlineData("www.linkedin.com.", "linkedin")]
    [InlineData("www.linkedin.com:443", "linkedin")]
    [InlineData("https://www.linkedin.com/in/ada?x=1", "linkedin")]
    [InlineData("com.linkedin.android", "linkedin")]
    [InlineData("android-app://com.linkedin.android", "linkedin")]
    [InlineData("android-app://com.linkedin.android/", "linkedin")]
    [InlineData("com.Slack", "slack")]
    [InlineData("lnkd.in", "linkedin")]
    [InlineData("t.co", "x")]
    [InlineData("out.reddit.com", "reddit")]
    [InlineData("news.ycombinator.com", "hackernews")]
    [InlineData("www.ycombinator.com", "ycombinator")]
    [InlineData("google.com", "google")]
    [InlineData("www.google.com", "google")]
    [InlineData("www.google.de", "google")]
    [InlineData("www.google.co.uk", "google")]
    [InlineData("www.google.com.br", "google")]
    [InlineData("mail.google.com", "gmail")]
    [InlineData("com.google.android.gm", "gmail")]
    [InlineData("com.google.android.googlequicksearchbox", "google")]
    [InlineData("statics.teams.cdn.office.net", "teams")]
    [InlineData("eur01.safelinks.protection.outlook.com", "outlook")]
    [InlineData("uk.indeed.com", "indeed")]
    [InlineData("indeed.ch", "indeed")]
    [InlineData("www.stepstone.de", "stepstone")]
    [InlineData("boards.greenhouse.io", "greenhouse")]
    [InlineData("jobs.lever.co", "lever")]
    [InlineData("acme.wd5.myworkdayjobs.com", "workday")]
    [InlineData("jobs.ashbyhq.com", "ashby")]
    [InlineData("acme.jobs.personio.de", "personio")]
    [InlineData("jobs.smartrecruiters.com", "smartrecruiters")]
    [InlineData("acme.taleo.net", "oracle")]
    [InlineData("careers-acme.icims.com", "icims")]
    [InlineData("acme.teamtailor.com", "teamtailor")]
    [InlineData("acme.recruitee.com", "recruitee")]
    [InlineData("acme.bamboohr.com", "bamboohr")]
    [InlineData("join.com", "join")]
    [InlineData("www.xing.com", "xing")]
    [InlineData("www.glassdoor.co.in", "glassdoor")]
    [InlineData("www.monster.fr", "monster")]
    [InlineData("www.seek.com.au", "seek")]
    [InlineData("www.naukri.com", "naukri")]
    [InlineData("fosstodon.org", "mastodon")]
    public void A_known_site_has_its_name(string? referrer, string name) =>
        Assert.Equal(name, Source.OfReferrer(referrer).Name);

    [Theory]
    [InlineData("notgoogle.com")]
    [InlineData("google.com.evil.example")]
    [InlineData("linkedin.com.evil.example")]
    [InlineData("google.evil.example")]
    [InlineData("google.internal")]
    [InlineData("google")]
    [InlineData("linkedin")]
    [InlineData("wiki.intranet.acme.example")]
    [InlineData("jane.example.com")]
    [InlineData("mastodon.example")]
    [InlineData("com.linkedin.android.evil")]
    [InlineData("evil.example/linkedin.com")]
    [InlineData("evil.example?linkedin.com")]
    [InlineData("evil.example#linkedin.com")]
    [InlineData("evil.example:linkedin.com")]
    [InlineData("user@evil.example")]
    [InlineData("xn--ggle-0nda.com")]
    [InlineData("gоogle.com")] // with a Cyrillic o
    [InlineData("203.0.113.7")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("com")]
    [InlineData(".")]
    [InlineData("...")]
    [InlineData("://")]
    [InlineData("://linkedin")]
    [InlineData(" linkedin.com")]
    [InlineData("\ud800.com")]
    [InlineData("unknown")]
    [InlineData("link")]
    public void Any_other_host_is_other(string referrer) => Assert.Equal(Source.Other, Source.OfReferrer(referrer));

    [Fact]
    public void What_is_too_long_for_a_host_is_other()
    {
        Assert.Equal(Source.Other, Source.OfReferrer(string.Concat(Enumerable.Repeat("a.", 400)) + "linkedin.com"));
        Assert.Equal("linkedin", Source.OfReferrer(string.Concat(Enumerable.Repeat("a.", 120)) + "linkedin.com").Name);
    }

    [Fact]
    public void The_list_is_bounded_has_each_host_once_and_fits_an_entry_of_an_export()
    {
        var list = File.ReadAllText(Repository.File("src", "Footfall", "Counting", "KnownSites.cs"));
        list = list[list.IndexOf("host switch", StringComparison.Ordinal)..];
        var names = SiteName().Matches(list).Select(match => match.Groups[1].Value).ToList();
        var hosts = Quoted().Matches(list).Select(match => match.Groups[1].Value).Except(names).ToList();

        Assert.All(names, name => Assert.True(Source.IsName(name), name));
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.DoesNotContain(names, name => name is "direct" or "link" or "other" or "unknown");
        Assert.InRange(names.Count, 190, LedgerEntry.MaxSources - 10);
        Assert.All(hosts, host => Assert.Contains(Source.OfReferrer(host).Name, names));
        Assert.All(hosts, host => Assert.InRange(host.Split('.').Length, 2, 4));
    }

    [Fact]
    public void Direct_is_one_source_however_it_is_made()
    {
        Assert.Equal(default, Source.Direct);
        Assert.Equal(Source.Direct, Source.Named("direct"));
        Assert.Equal("direct", default(Source).Name);
    }

    [Theory]
    [InlineData("linkedin", true)]
    [InlineData("levels.fyi", true)]
    [InlineData("", false)]
    [InlineData("LinkedIn", false)]
    [InlineData("a=b", false)]
    [InlineData("a;b", false)]
    [InlineData("a b", false)]
    [InlineData("a234567890123456789012345678901234567890", true)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    public void A_name_is_what_files_and_tables_can_carry(string name, bool isName)
    {
        Assert.Equal(isName, Source.IsName(name));
        if (!isName)
        {
            Assert.Throws<FormatException>(() => Source.Named(name));
        }
    }

    [Fact]
    public void Counts_add_up_and_are_written_as_they_are_read()
    {
        var counts = SourceCounts.Parse("xing=2;direct=3;xing=1;other=0");

        Assert.Equal("direct=3;xing=3", counts.ToString());
        Assert.Equal(6, counts.Sum);
        Assert.Equal(SourceCounts.Parse("direct=1;link=4"), counts - SourceCounts.Parse("direct=2;xing=3") + SourceCounts.Parse("link=4"));
        Assert.Equal(SourceCounts.Parse("direct=3;link=1;xing=9"), SourceCounts.Max(counts, SourceCounts.Parse("xing=9;link=1;direct=1")));
        Assert.Equal(SourceCounts.None, SourceCounts.Parse(""));
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("direct=")]
    [InlineData("direct=-1")]
    [InlineData("direct=1=1")]
    [InlineData("Direct=1")]
    [InlineData("direct=9007199254740992")]
    public void Counts_that_are_none_are_refused(string text) =>
        Assert.Throws<FormatException>(() => SourceCounts.Parse(text));

    [Fact]
    public void Visits_without_a_source_are_shown_as_unknown()
    {
        var day = new DailyTally(new(2026, 11, 22), new Tally(Visits: 5), SourceCounts.Parse("direct=2;link=1"));

        Assert.Equal(SourceCounts.Parse("direct=2;link=1;unknown=2"), day.SourcesOfAllVisits);
        Assert.Equal(SourceCounts.None, new DailyTally(day.Day, default).SourcesOfAllVisits);
    }

    [GeneratedRegex("=> \"([^\"]+)\"")]
    private static partial Regex SiteName();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
