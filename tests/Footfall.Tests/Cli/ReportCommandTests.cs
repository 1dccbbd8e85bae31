using System.Text.Json;
using Footfall.Counting;
using Footfall.Sqlite;
using Footfall.Tests.Reporting;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall report</c>, as it is typed and as cron runs it.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task It_shows_the_last_seven_days_beside_a_server_that_counts()
    {
        File.Copy(Repository.File("tests", "example", "resume.json"), directory.File("resume.json"));
        await FillAsync(visits: 3);
        await using var server = FootfallProcess.Start(directory.FullName, ["serve", "--port", "0", "--chromium", "none"]);
        var url = await server.WaitForUrlAsync();

        await using var report = await RunAsync("--period", "week");

        Assert.Equal("", report.Error);
        Assert.Equal(0, report.ExitCode);
        Assert.StartsWith("4 visits from ", report.Output, StringComparison.Ordinal);
        Assert.Contains("  Acme, platform lead: first visit, 1 visit by 1 visitor", report.Output, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.True((await client.GetAsync(new Uri(url, "api/health"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("text", "4 visits from ")]
    [InlineData("markdown", "# 4 visits from ")]
    [InlineData("html", "<!DOCTYPE html>")]
    [InlineData("json", "{\"period\":\"week\"")]
    public async Task Each_format_is_shown_and_ends_with_a_line(string format, string start)
    {
        await FillAsync(visits: 3);

        await using var report = await RunAsync("--period", "week", "--format", format);

        Assert.Equal("", report.Error);
        Assert.StartsWith(start, report.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n", report.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("html")]
    public async Task With_if_any_cron_has_nothing_to_send_when_there_was_no_visit(string format)
    {
        await FillAsync(visits: 0);

        await using var report = await RunAsync("--period", "week", "--if-any", "--format", format);
        await using var always = await RunAsync("--period", "week", "--format", format);

        Assert.Equal((0, "", ""), (report.ExitCode, report.Output, report.Error));
        Assert.NotEqual("", always.Output);
    }

    [Fact]
    public async Task With_if_any_a_visit_is_shown_for_whichever_counter_it_was()
    {
        await FillAsync(visits: 0, ofReadme: 2);

        await using var without = await RunAsync("--period", "week", "--if-any");
        await using var with = await RunAsync("--period", "week", "--if-any", "--counter", "readme", "--format", "json");

        Assert.Equal("", without.Output);
        using var report = JsonDocument.Parse(with.Output);
        Assert.Equal(2, report.RootElement.GetProperty("visits").GetInt32());
    }

    [Fact]
    public async Task Of_a_family_its_pages_are_shown()
    {
        await FillAsync(visits: 0, ofPage: 2);

        await using var report = await RunAsync("--period", "week", "--counter", "/blog/*", "--format", "json");

        using var json = JsonDocument.Parse(report.Output);
        Assert.Equal(2, json.RootElement.GetProperty("visits").GetInt32());
        Assert.Equal(
            ["/blog/hello", "/"],
            json.RootElement.GetProperty("counters").EnumerateArray().Select(counter => counter.GetProperty("counter").GetString()));
    }

    [Theory]
    [InlineData("--period", "fortnight", "--period: 'fortnight' is no period; there are yesterday, week and month.")]
    [InlineData("--format", "pdf", "--format: 'pdf' is no format; there are text, markdown, json and html.")]
    [InlineData("--data", "nowhere", "There are no counts at ")]
    public async Task A_mistake_is_one_line_that_says_what_is_right(string option, string value, string message)
    {
        await FillAsync(visits: 1);

        await using var report = await FootfallProcess.RunAsync(directory.FullName, ["report", option, value]);

        Assert.Equal(1, report.ExitCode);
        Assert.Equal("", report.Output);
        Assert.StartsWith($"footfall: {message}", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_help_has_a_line_for_cron()
    {
        await using var help = await FootfallProcess.RunAsync(directory.FullName, ["report", "--help"]);

        Assert.Contains("footfall report --if-any --data ", help.Output, StringComparison.Ordinal);
    }

    private Task<FootfallProcess> RunAsync(params string[] options) =>
        FootfallProcess.RunAsync(directory.FullName, ["report", .. options]);

    // Three days ago: within the last seven, also when a day ends meanwhile. Beside them something that is no visit.
    private async Task FillAsync(int visits, int ofReadme = 0, int ofPage = 0)
    {
        Directory.CreateDirectory(directory.File("data"));
        await using var store = SqliteVisitStore.Open(directory.File("data/footfall.db"), TimeProvider.System);
        var days = new CountedDays(store, store);
        var day = TimeProvider.System.GetUtcNow().AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await days.VisitAsync(day, visits);
        await days.VisitAsync(day, ofReadme, "readme");
        await days.VisitAsync(day, ofPage, "/blog/hello");
        if (ofPage > 0)
        {
            Assert.True(await store.AdmitAsync("/blog/*", "/blog/hello", ceiling: 1, TestContext.Current.CancellationToken));
        }

        await days.AddAsync(day, Outcome.Bot, 5);
        if (visits > 0)
        {
            _ = await days.OpenAsync("Acme, platform lead", "acmeacme", day);
        }
    }
}
