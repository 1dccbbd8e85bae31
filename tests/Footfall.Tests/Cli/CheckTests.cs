using System.Text.Json;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall check</c> as its owner and a pipeline meet it.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{ \"basics\": { \"name\": \"Jane\", }", 1, "error: resume.json:1:")]
    [InlineData("{}", 1, "error: resume.json:1:1: basics: expected an object with the person's name, found nothing")]
    [InlineData("""{ "basics": { "name": "Jane", "nickname": "J" } }""", 2, "warning: resume.json:1:43: basics.nickname: is not a field of JSON Resume; shown under its name")]
    [InlineData("""{ "basics": { "name": "Jane", "image": "me.jpg" } }""", 2, "warning: resume.json: basics.image: expected a picture that can be read")]
    [InlineData("""{ "basics": { "name": "Jane", "phone": 42 } }""", 0, "note: resume.json:1:40: basics.phone: expected text, found a number, by resume-schema 1.0.1 and @jsonresume/schema 1.3.1; other programs may refuse it")]
    [InlineData("""{ "basics": { "name": "Jane", } }""", 0, "note: resume.json:1:31: expected neither comments nor a comma before a closing bracket, found one")]
    [InlineData("""{ "basics": { "name": "Jane" } }""", 0, "advice: resume.json: basics.email: applicant systems take the e-mail address from here; there is none")]
    [InlineData("""{ "basics": { "name": "Jane", "phone": "on request" } }""", 0, "advice: resume.json: basics.phone: expected a number")]
    [InlineData("""{ "basics": { "name": "Jane" }, "work": [{ "name": "Acme" }] }""", 0, "advice: resume.json: work[0].startDate: applicant systems look for it; there is none")]
    [InlineData("""{ "basics": { "name": "Jane" } }""", 0, "advice: resume.json: certificates: the Cloud Resume Challenge asks for a cloud certification")]
    [InlineData("""{ "basics": { "name": "Jane", "summary": "See [this](#nowhere)." } }""", 2, "warning: resume.json: expected a link to a part of the page, such as #work, found #nowhere, which leads nowhere")]
    [InlineData("""{ "basics": { "name": "Jane" }, "meta": { "footfall": { "sections": ["wrok"] } } }""", 2, "warning: resume.json:1:70: meta.footfall.sections[0]: expected a section's name (about, work, projects, ")]
    public async Task Each_finding_is_a_line_and_the_worst_is_the_exit_code(string json, int exitCode, string expected)
    {
        await File.WriteAllTextAsync(folder.File("resume.json"), json, Cancellation);

        await using var footfall = await CheckAsync();

        Assert.Equal(exitCode, footfall.ExitCode);
        Assert.Contains(footfall.Output.Split('\n'), line => line.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_read_the_findings_as_JSON()
    {
        await File.WriteAllTextAsync(folder.File("resume.json"), """{ "basics": { "name": "Jane", "nickname": "J" } }""", Cancellation);

        await using var footfall = await CheckAsync("--format", "json");

        using var findings = JsonDocument.Parse(footfall.Output);
        var first = findings.RootElement[0];
        Assert.Equal(
            ("warning", "resume.json", 1, 43, "basics.nickname"),
            (first.GetProperty("severity").GetString(), first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32(),
                first.GetProperty("column").GetInt32(), first.GetProperty("path").GetString()));
        Assert.Equal(JsonValueKind.Null, findings.RootElement[1].GetProperty("line").ValueKind);
    }

    [Fact]
    public async Task Translations_are_looked_at_too()
    {
        await File.WriteAllTextAsync(folder.File("resume.json"), Resumes.Complete, Cancellation);
        await File.WriteAllTextAsync(folder.File("resume.de.json"), """{ "basics": { "name": "Jane", "nickname": "J" } }""", Cancellation);

        await using var footfall = await CheckAsync();

        Assert.Equal(2, footfall.ExitCode);
        Assert.Contains("warning: resume.de.json:1:43: basics.nickname", footfall.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_resume_leaves_the_certification_to_wish_for()
    {
        var complete = Resumes.Complete.Replace("\"date\": \"2021\"", "\"date\": \"2021-06-01\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("resume.json"), complete, Cancellation);

        await using var footfall = await CheckAsync();

        Assert.Equal(0, footfall.ExitCode);
        Assert.StartsWith("advice: resume.json: certificates: ", Assert.Single(footfall.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<FootfallProcess> CheckAsync(params string[] arguments) =>
        FootfallProcess.RunAsync(folder.FullName, ["check", .. arguments]);
}
