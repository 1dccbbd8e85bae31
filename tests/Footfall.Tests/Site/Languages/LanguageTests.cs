using System.Globalization;
using Footfall.Site;

namespace Footfall.Tests.Site.Languages;

public sealed class LanguageTests
{
    private static readonly string[] Sections =
    [
        "about", "work", "projects", "volunteer", "education", "certificates", "awards", "publications",
        "skills", "languages", "interests", "references",
    ];

    public static TheoryData<string> Tags => [.. Language.Known];

    [Fact]
    public void These_languages_are_known() => Assert.Equal(
        ["ar", "de", "en", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "tr", "uk", "zh-Hans", "zh-Hant"],
        Language.Known.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Tags))]
    public void A_language_has_every_word_and_its_places_to_fill(string tag)
    {
        var words = Language.Find(tag)!.Words;

        Assert.Equal(Sections, words.Headings.Keys);
        Assert.All(words.Headings.Values, heading => Assert.NotEqual("", heading));
        Assert.Contains(words.Present, words.Now, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("other", words.Visits.Keys);
        Assert.Contains("other", words.Visitors.Keys);
        Assert.Contains("{0}", words.Visits["other"], StringComparison.Ordinal);
        Assert.Contains("{0}", words.Visitors["other"], StringComparison.Ordinal);
        Assert.Contains("{0}", words.Page.Changed, StringComparison.Ordinal);
        Assert.Contains("{0}", words.NotFound.Home, StringComparison.Ordinal);
        Assert.Matches(@"\{0\}.*\{1\}", words.Labelled);
        Assert.Matches(@"^[^[\]]*\[[^[\]]+\][^[\]]*$", words.Counting.Refuse);
        Assert.Matches(@"^[^[\]]*\[[^[\]]+\][^[\]]*$", words.Counting.Refused);
    }

    [Fact]
    public void A_whole_number_gets_the_plural_form_that_CLDR_gives_as_its_example()
    {
        var samples = File.ReadLines(Repository.File("tests", "Footfall.Tests", "Site", "Languages", "plural-samples.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .SelectMany(parts => parts[2].Split(' '), (parts, range) => (Tag: parts[0], Form: parts[1], Range: range.Split('~')))
            .ToList();

        Assert.Equal(Language.Known.Count, samples.DistinctBy(sample => sample.Tag).Count());
        Assert.All(samples, sample =>
        {
            var language = Language.Find(sample.Tag)!;
            Assert.Equal(sample.Form, language.PluralForm(Parse(sample.Range[0])));
            Assert.Equal(sample.Form, language.PluralForm(Parse(sample.Range[^1])));
        });

        static long Parse(string number) => long.Parse(number, CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_form_of_a_count_is_one_that_the_language_has(string tag)
    {
        var language = Language.Find(tag)!;
        var forms = Enumerable.Range(0, 201).Append(1_000_000).Select(number => language.PluralForm(number)).ToHashSet(StringComparer.Ordinal);

        Assert.All(language.Words.Visits.Keys, form => Assert.Contains(form, forms.Append("other")));
        Assert.All(language.Words.Visitors.Keys, form => Assert.Contains(form, forms.Append("other")));
    }

    [Theory]
    [InlineData("en", 1, "1 visit")]
    [InlineData("en", 1_234_567, "1,234,567 visits")]
    [InlineData("de", 1234, "1.234 Besuche")]
    [InlineData("fr", 0, "0 visite")]
    [InlineData("es", 1234, "1234 visitas")]
    [InlineData("es", 12_345, "12.345 visitas")]
    [InlineData("pl", 2, "2 wizyty")]
    [InlineData("pl", 5, "5 wizyt")]
    [InlineData("uk", 21, "21 візит")]
    [InlineData("ar", 2, "زيارتان")]
    [InlineData("ar", 103, "103 زيارات")]
    [InlineData("hi", 1_234_567, "12,34,567 विज़िट")]
    [InlineData("ja", 1234, "1,234 回の訪問")]
    public void A_count_is_said_as_the_language_says_it(string tag, long visits, string expected) =>
        Assert.Equal(expected, Language.Find(tag)!.WriteVisits(visits));

    [Theory]
    [InlineData("en", "2021-03", "Mar 2021")]
    [InlineData("de", "2021-03", "März 2021")]
    [InlineData("fr", "2021-02", "févr. 2021")]
    [InlineData("pt", "2021-03", "mar. de 2021")]
    [InlineData("uk", "2021-03", "бер. 2021\u202Fр.")]
    [InlineData("ar", "2021-03", "مارس 2021")]
    [InlineData("ja", "2021-03", "2021年3月")]
    [InlineData("ja", "2021", "2021年")]
    [InlineData("zh-Hant", "2021-03-17", "2021年3月")]
    [InlineData("ko", "2021-03", "2021년 3월")]
    [InlineData("de", "Summer 2015", "Summer 2015")]
    public void A_date_is_written_as_the_language_writes_it(string tag, string date, string expected) =>
        Assert.Equal(expected, Language.Find(tag)!.Write(
            Resumes.WithWork($$"""{ "startDate": "{{date}}" }""").Work[0].StartDate!));

    [Theory]
    [InlineData("DE_at", "de-AT", "Deutsch")]
    [InlineData("zh", "zh", "简体中文")]
    [InlineData("zh-tw", "zh-TW", "繁體中文")]
    [InlineData("zh-Hant-HK", "zh-Hant-HK", "繁體中文")]
    [InlineData("pt-BR", "pt-BR", "Português")]
    [InlineData("sv", "sv", "English")]
    public void A_tag_finds_the_words_that_its_readers_read(string tag, string expectedTag, string expectedName)
    {
        var language = Language.Find(tag)!;

        Assert.Equal((expectedTag, expectedName), (language.Tag, language.Words.Name));
    }

    [Theory]
    [InlineData("ar", true)]
    [InlineData("he-IL", true)]
    [InlineData("fa", true)]
    [InlineData("ur-PK", true)]
    [InlineData("az", false)]
    [InlineData("en", false)]
    public void A_language_has_a_direction_also_where_the_page_has_no_words_in_it(string tag, bool expected) =>
        Assert.Equal(expected, Language.Find(tag)!.IsRightToLeft);

    [Theory]
    [InlineData("")]
    [InlineData("German")]
    [InlineData("1")]
    [InlineData("en\"><script>")]
    public void What_is_no_tag_finds_nothing(string tag) => Assert.Null(Language.Find(tag));
}
