using System.Text;
using Footfall.Site;

namespace Footfall.Tests.Site.Languages;

public sealed class ResumeLanguageTests
{
    [Theory]
    [InlineData("resume.json", "en")]
    [InlineData("me/resume.de.json", "de")]
    [InlineData("resume.pt-BR.json", "pt-BR")]
    [InlineData("resume.zh_TW.json", "zh-TW")]
    [InlineData("resume.old.json", "en")]
    [InlineData("resume.v2.json", "en")]
    [InlineData("de.json", "en")]
    public void The_files_name_may_tell_the_language(string file, string expected) =>
        Assert.Equal(expected, Parse("""{ "basics": { "name": "Jane" } }""", file).Language.Tag);

    [Theory]
    [InlineData("""{ "basics": { "name": "Jane" }, "language": "de" }""", "de")]
    [InlineData("""{ "basics": { "name": "Jane" }, "locale": "de_AT" }""", "de-AT")]
    [InlineData("""{ "basics": { "name": "Jane" }, "meta": { "lang": "fr" }, "language": "de" }""", "fr")]
    [InlineData("""{ "basics": { "name": "Jane" }, "meta": { "language": ["nl", "en"] } }""", "nl")]
    [InlineData("""{ "basics": { "name": "Jane" }, "language": "as I please" }""", "en")]
    [InlineData("""{ "basics": { "name": "Jane", "email": "a@b.com", "url": "b.com/a" }, "work": [{ "name": "c.com" }, { "name": "d.com" }] }""", "en")]
    [InlineData("""{ "basics": { "name": "Jane" }, "work": [{ "name": "De" }, { "name": "De" }, { "name": "De" }] }""", "en")]
    public void The_language_is_where_files_say_it_and_in_no_address(string json, string expected) =>
        Assert.Equal(expected, Parse(json, "resume.json").Language.Tag);

    [Fact]
    public void What_the_file_says_wins_over_its_name()
    {
        var resume = Parse("""{ "basics": { "name": "Jane" }, "meta": { "language": "fr-CA" } }""", "resume.de.json");

        Assert.Equal(("fr-CA", "fr-CA"), (resume.Language.Tag, resume.Meta?.Language));
        Assert.Empty(resume.Warnings);
    }

    [Theory]
    [InlineData("German", "en", "expected a language's tag such as en, de-AT or zh-Hant, found \"German\"; read as English")]
    [InlineData("sv", "sv", "the page has no headings in \"sv\"; they are English")]
    public void A_language_without_words_is_told(string said, string expected, string message)
    {
        var resume = Parse($$"""{ "basics": { "name": "Jane" }, "meta": { "language": "{{said}}" } }""", "resume.json");

        Assert.Equal(expected, resume.Language.Tag);
        Assert.StartsWith(message, Assert.Single(resume.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Ich baue Systeme, die halten, und messe, bevor ich etwas verspreche: mit dem Team und für die Kunden.")]
    [InlineData("fr", "Je conçois des outils pour les ateliers et je mesure avant de promettre.")]
    [InlineData("es", "Diseño herramientas para los talleres y mido antes de prometer, con el equipo y por el cliente.")]
    [InlineData("pt", "Crio ferramentas para as oficinas e meço antes de prometer, com uma equipe e não sem ela, em que confio.")]
    [InlineData("it", "Progetto strumenti per le officine e misuro prima di promettere, con il gruppo che nel tempo cresce.")]
    [InlineData("nl", "Ik maak gereedschap voor het atelier en meet van tevoren, met een ploeg bij de hand.")]
    [InlineData("pl", "Tworzę narzędzia dla warsztatów i mierzę, zanim obiecam, oraz pracuję z zespołem w Gdyni.")]
    [InlineData("tr", "Atölyeler için araçlar yapıyorum ve bir ekip ile çalışıyorum; daha çok ölçüm.")]
    [InlineData("uk", "Створюю інструменти для майстерень і міряю, перш ніж обіцяти.")]
    [InlineData("ar", "أصمم أدوات للورش (C#، Go).")]
    [InlineData("he", "אני בונה כלים לבתי מלאכה (Go).")]
    [InlineData("hi", "मैं कार्यशालाओं के लिए औज़ार बनाता हूँ।")]
    [InlineData("zh-Hans", "为车间设计工具，先测量再承诺。熟悉 Kubernetes。")]
    [InlineData("zh-Hant", "為車間設計工具，先測量再承諾。熟悉 Kubernetes。")]
    [InlineData("ja", "工房の道具を作り、約束する前に測ります。")]
    [InlineData("ko", "작업장을 위한 도구를 만들고 약속하기 전에 측정합니다.")]
    public void A_text_tells_its_language_where_nothing_else_does(string expected, string summary)
    {
        var resume = Parse($$"""{ "basics": { "name": "A B", "summary": "{{summary}}" } }""", "resume.json");

        Assert.Equal(expected, resume.Language.Tag);
        Assert.Equal("meta.language", Assert.Single(resume.Warnings).Path);
    }

    [Theory]
    [InlineData("fa", "ابزار کارگاه را می سازم و پیش از قول دادن اندازه میگیرم", true)]
    [InlineData("ur", "میں نے یہ کام ٹیم کے ساتھ کیا ہے", true)]
    [InlineData("ru", "Мы строим инструменты для мастерских.", false)]
    public void Letters_tell_a_language_that_the_page_has_no_words_in(string expected, string summary, bool isRightToLeft)
    {
        var resume = Parse($$"""{ "basics": { "name": "A B", "summary": "{{summary}}" } }""", "resume.json");

        Assert.Equal((expected, isRightToLeft, false), (resume.Language.Tag, resume.Language.IsRightToLeft, resume.Language.HasWords));
        Assert.Equal(["meta.language", "meta.language"], resume.Warnings.Select(warning => warning.Path));
    }

    [Theory]
    [InlineData("I build tools for workshops and measure before I promise, with the people who use them.")]
    [InlineData("Studied at the Universidad de los Andes and the École des Ponts; worked for Das Werk and El Taller.")]
    [InlineData("Go, SQL, Kubernetes")]
    [InlineData("")]
    [InlineData("https://example.com/der/die/das/und/mit")]
    public void A_text_that_does_not_tell_is_read_as_English(string summary)
    {
        var resume = Parse($$"""{ "basics": { "name": "Jane", "summary": "{{summary}}" } }""", "resume.json");

        Assert.Equal("en", resume.Language.Tag);
        Assert.Empty(resume.Warnings);
    }

    [Fact]
    public async Task The_page_is_in_the_language_throughout()
    {
        var resume = Resumes.Parse(Resumes.Complete);
        var site = await SiteBuilder.BuildAsync(
            resume with { Language = Language.Find("de")! }, new() { KnownVisits = 1234 }, TestContext.Current.CancellationToken);
        var page = SiteText.Html(site.Text("index.html"));
        var lost = SiteText.Html(site.Text("404.html"));

        Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
        Assert.False(page.DocumentElement.HasAttribute("dir"));
        Assert.Equal(Language.Find("de")!.Words.Headings.Values.Order(), page.QuerySelectorAll("h2").Select(heading => heading.TextContent).Order());
        Assert.Contains("März 2020 – heute", Words(page.Body!.TextContent), StringComparison.Ordinal);
        Assert.Contains("1.234 Besuche", page.QuerySelector("[data-counter]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("""{"one":"{0} Besuch","other":"{0} Besuche"}""", page.QuerySelector("[data-counter]")!.GetAttribute("data-visits"));
        Assert.Equal(("de", "Seite nicht gefunden"), (lost.DocumentElement.GetAttribute("lang"), lost.Title));
    }

    [Fact]
    public async Task A_page_from_right_to_left_says_so()
    {
        var site = await SiteBuilder.BuildAsync(
            Resumes.Parse(Resumes.Complete) with { Language = Language.Find("ar")! }, new(), TestContext.Current.CancellationToken);

        Assert.Equal("rtl", SiteText.Html(site.Text("index.html")).DocumentElement.GetAttribute("dir"));
        Assert.Equal("rtl", SiteText.Html(site.Text("404.html")).DocumentElement.GetAttribute("dir"));
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Resume Parse(string json, string file) => ResumeReader.Parse(Encoding.UTF8.GetBytes(json), file);
}
