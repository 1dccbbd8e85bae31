using System.Globalization;
using System.Text;
using System.Text.Json;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Reporting;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>A server that tells its owner, and a receiver that is not always there.</summary>
public sealed class ServeReportsTests : IDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly TemporaryDirectory folder = new();

    public ServeReportsTests() => File.Copy(Repository.File("tests", "example", "resume.json"), folder.File("resume.json"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_report_that_is_refused_for_now_is_sent_again_and_then_never_more()
    {
        await FillAsync();
        await using var receiver = new WebhookReceiver("503 Busy", "429 Slow down\r\nRetry-After: 1", "200 OK");
        await using (var footfall = Start(receiver.Address, "weekly"))
        {
            _ = await receiver.ReceiveAsync();
            _ = await receiver.ReceiveAsync();
            var report = await receiver.ReceiveAsync();
            Assert.StartsWith("3 visits from ", report.GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("repetition", report.GetProperty("text").GetString()!, StringComparison.Ordinal);
            Assert.Equal("week", report.GetProperty("report").GetProperty("period").GetString());
            await WaitForMarkAsync("report week", "sent ");
            await StopAsync(footfall);
            Assert.Contains("answers 503; the report from ", footfall.Error, StringComparison.Ordinal);
            AssertSecretIsKept(footfall);
        }

        Assert.Equal(3, receiver.Requests);
    }

    [Fact]
    public async Task After_a_kill_between_sending_and_its_mark_it_is_sent_once_more_and_says_so()
    {
        await FillAsync();
        await using var receiver = new WebhookReceiver([null]);
        await using (var killed = Start(receiver.Address, "weekly"))
        {
            var first = await receiver.ReceiveAsync();
            Assert.DoesNotContain("repetition", first.GetProperty("text").GetString()!, StringComparison.Ordinal);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        await LetItsTimePassAsync("report week");
        await using (var second = Start(receiver.Address, "weekly"))
        {
            var again = await receiver.ReceiveAsync();
            Assert.All(["text", "content", "message"], name => Assert.Contains(
                "This may be a repetition", again.GetProperty(name).GetString()!, StringComparison.Ordinal));
            await WaitForMarkAsync("report week", "sent ");
            await StopAsync(second);
        }

        Assert.Equal(2, receiver.Requests);
    }

    [Fact]
    public async Task While_the_receiver_hangs_visits_are_counted_and_the_server_stops_when_it_is_told_to()
    {
        await FillAsync();
        await using var receiver = new WebhookReceiver([null]);
        await using var footfall = Start(receiver.Address, "weekly");
        var url = await footfall.WaitForUrlAsync();
        _ = await receiver.ReceiveAsync();

        using var client = new HttpClient();
        using var visit = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "api/visits"));
        visit.Headers.UserAgent.ParseAdd(Browser);
        visit.Content = new StringContent("{\"counter\":\"/\"}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(visit, TestContext.Current.CancellationToken);

        Assert.Contains("\"outcome\":\"visit\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await StopAsync(footfall);
        Assert.StartsWith("sending ", await FindMarkAsync("report week"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_owner_has_to_mend_is_said_once_and_without_the_secret()
    {
        await FillAsync();
        await using var receiver = new WebhookReceiver("404 Not Found");
        await using var footfall = Start(receiver.Address, "weekly");
        _ = await receiver.ReceiveAsync();

        await footfall.WaitForAsync(written => written.Error, "is not sent");
        await WaitForMarkAsync("report week", "refused ");
        await StopAsync(footfall);

        Assert.Equal(1, receiver.Requests);
        Assert.Single(footfall.Error.Split('\n'), line => line.Contains("answers 404: there is no webhook of this address", StringComparison.Ordinal));
        AssertSecretIsKept(footfall);
    }

    [Fact]
    public async Task A_first_opening_is_told_beside_the_weeks()
    {
        await FillAsync();
        await using var receiver = new WebhookReceiver();
        await using (var early = Start(receiver.Address, "at-first-opening"))
        {
            await WaitForMarkAsync("openings", "");
            await StopAsync(early);
        }

        await using (var store = SqliteVisitStore.Open(Database, TimeProvider.System))
        {
            await new CountedDays(store, store).OpenAsync(
                "Globex <!channel>", "gxgxgxgx", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        await using var footfall = Start(receiver.Address, "at-first-opening", "weekly");
        JsonElement[] messages = [await receiver.ReceiveAsync(), await receiver.ReceiveAsync()];

        Assert.Contains(messages, message => message.GetProperty("text").GetString()!.StartsWith("Globex &lt;!channel&gt;: first visit", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.TryGetProperty("report", out _));
        await WaitForMarkAsync("opening gxgxgxgx", "sent ");
        await StopAsync(footfall);
    }

    [Theory]
    [InlineData("--report-to: this is no address that reports can be sent to", "--report-to", "hooks.example.com/x9Qm-secret", "--report", "daily")]
    [InlineData("--report: 'hourly' is no time for a report; there are daily, weekly, at-first-opening.", "--report-to", "https://x.example/", "--report", "hourly")]
    [InlineData("--report-to needs a time", "--report-to", "https://x.example/")]
    [InlineData("--report: this is for --report-to URL.", "--report", "daily")]
    [InlineData("--report-to: for mail it needs to=ADDRESS", "--report-to", "smtp://jane%40example.com@example.com", "--report", "daily")]
    [InlineData("--report-to: its user needs a password", "--report-to", "smtp://jane%40example.com@smtp.example.com?to=jane@example.com", "--report", "daily")]
    [InlineData("--report-to: a password does not belong in the address", "--report-to", "smtp://jane:x9Qm-secret@smtp.example.com?to=jane@example.com&from=j@example.com", "--report", "daily")]
    [InlineData("--report-to: 'cc' is nothing that an address for mail can say", "--report-to", "smtp://smtp.example.com?cc=jane@example.com", "--report", "daily")]
    [InlineData("--report-password-file: missing cannot be read", "--report-to", "smtp://j%40example.com@smtp.example.com?to=jane@example.com", "--report", "daily", "--report-password-file", "missing")]
    public async Task A_mistake_is_one_line_that_says_what_is_right(string message, params string[] options)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["serve", "--port", "0", "--chromium", "none", .. options]);

        Assert.Equal(1, footfall.ExitCode);
        Assert.StartsWith($"footfall: {message}", footfall.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(WebhookReceiver.Secret, footfall.Error, StringComparison.Ordinal);
    }

    private string Database => folder.File("data/footfall.db");

    private FootfallProcess Start(Uri receiver, params string[] times) => FootfallProcess.Start(
        folder.FullName,
        ["serve", "--port", "0", "--chromium", "none", .. times.SelectMany(time => new[] { "--report", time })],
        ("FOOTFALL_REPORT_TO", receiver.OriginalString));

    private static async Task StopAsync(FootfallProcess footfall)
    {
        _ = await footfall.WaitForUrlAsync();
        await footfall.SignalAsync("TERM");
        Assert.Equal(0, await footfall.WaitForExitAsync());
    }

    private static void AssertSecretIsKept(FootfallProcess footfall)
    {
        Assert.Contains("  reports   weekly, to http://127.0.0.1:", footfall.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(WebhookReceiver.Secret, footfall.Output + footfall.Error, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(folder.File("data"));
        await using var store = SqliteVisitStore.Open(Database, TimeProvider.System);
        await new CountedDays(store, store).VisitAsync(
            await DayThatLasts.WednesdayOfLastWeekAsync(TestContext.Current.CancellationToken), 3);
    }

    private async Task WaitForMarkAsync(string name, string start)
    {
        while (await FindMarkAsync(name) is not { } mark || !mark.StartsWith(start, StringComparison.Ordinal))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string?> FindMarkAsync(string name)
    {
        await using var store = SqliteVisitStore.Open(Database, TimeProvider.System);
        return await store.FindMarkAsync(name, TestContext.Current.CancellationToken);
    }

    // The 45 seconds for which a process that died still holds the mark.
    private async Task LetItsTimePassAsync(string name)
    {
        await using var store = SqliteVisitStore.Open(Database, TimeProvider.System);
        var mark = await store.FindMarkAsync(name, TestContext.Current.CancellationToken);
        Assert.Matches("^sending .* until 2", mark);
        Assert.True(await store.ReplaceMarkAsync(
            name, mark, $"{mark!.Split(" until ")[0]} until 2026-11-01T00:00:00Z", TestContext.Current.CancellationToken));
    }
}
