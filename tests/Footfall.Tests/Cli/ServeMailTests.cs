using System.Text;
using Footfall.Cli.Reporting;
using Footfall.Reporting;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Reporting;
using Footfall.Tests.Stores;
using MailKit.Security;
using MimeKit;

namespace Footfall.Tests.Cli;

/// <summary>A server that tells its owner by mail.</summary>
public sealed class ServeMailTests : IDisposable
{
    private const string Password = "x9Qm password";

    private readonly TemporaryDirectory folder = new();

    public ServeMailTests()
    {
        File.Copy(Repository.File("tests", "example", "resume.json"), folder.File("resume.json"));
        File.WriteAllText(folder.File("password"), $"{Password}\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_sent_over_TLS_to_the_mailbox_that_was_named()
    {
        await FillAsync();
        await using var receiver = new MailReceiver { IsSecureAtOnce = true };
        await using var footfall = Start(receiver);

        var mail = Parse(await receiver.ReceiveAsync());

        Assert.StartsWith("3 visits from ", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("jane@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Equal("footfall@example.com", mail.From.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.StartsWith(mail.Subject, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"<h1 style=\"font-size:1.4em\">{mail.Subject}</h1>", mail.HtmlBody, StringComparison.Ordinal);
        await StopAsync(footfall, "report week", "sent ");
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0footfall@example.com\0{Password}"))}", receiver.Commands);
        Assert.DoesNotContain(Password, footfall.Output + footfall.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://smtp.example.com?to=jane@example.com", SecureSocketOptions.StartTls, 587)]
    [InlineData("smtp://192.168.1.2:25?to=jane@example.com", SecureSocketOptions.StartTls, 25)]
    [InlineData("smtps://smtp.example.com?to=jane@example.com", SecureSocketOptions.SslOnConnect, 465)]
    [InlineData("smtps://localhost:2465?to=jane@example.com", SecureSocketOptions.SslOnConnect, 2465)]
    [InlineData("smtp://localhost?to=jane@example.com", SecureSocketOptions.None, 25)]
    public void Only_to_this_machine_it_may_be_without_TLS(string address, SecureSocketOptions security, int port)
    {
        Assert.Equal(security, Mail.SecurityOf(new Uri(address)));
        Assert.Equal(port, Mail.PortOf(new Uri(address)));
    }

    [Fact]
    public async Task To_a_server_that_nobody_vouches_for_nothing_is_said_that_is_secret()
    {
        await FillAsync();
        await using var receiver = new MailReceiver { IsSecureAtOnce = true };
        await using var footfall = Start(receiver, isTrusted: false);

        await footfall.WaitForAsync(written => written.Error, "has no certificate for this name that this machine trusts");
        await StopAsync(footfall, "report week", "refused ");

        Assert.Empty(receiver.Commands);
    }

    [Fact]
    public async Task To_a_server_of_this_machine_it_needs_neither_TLS_nor_an_account()
    {
        await FillAsync();
        await using var receiver = new MailReceiver();
        await using var footfall = FootfallProcess.Start(
            folder.FullName,
            ["serve", "--port", "0", "--chromium", "none", "--report", "weekly"],
            ("FOOTFALL_REPORT_TO", $"smtp://localhost:{receiver.Port}?to=jane@example.com&from=footfall@example.com"));

        Assert.StartsWith("3 visits from ", Parse(await receiver.ReceiveAsync()).Subject, StringComparison.Ordinal);
        await StopAsync(footfall, "report week", "sent ");
    }

    [Fact]
    public async Task A_server_that_is_busy_is_tried_again_and_one_that_took_the_mail_and_said_nothing_is_told_so()
    {
        await FillAsync();
        await using var receiver = new MailReceiver
        {
            IsSecureAtOnce = true,
            Answers = new() { ["RCPT"] = new(["451 greylisted"]), ["."] = new(["421 closing"]) },
        };
        await using var footfall = Start(receiver);

        var first = Parse(await receiver.ReceiveAsync());
        var second = Parse(await receiver.ReceiveAsync());

        Assert.DoesNotContain("repetition", first.TextBody, StringComparison.Ordinal);
        Assert.StartsWith("3 visits", second.TextBody, StringComparison.Ordinal);
        await StopAsync(footfall, "report week", "sent ");
        Assert.Contains("answers 451 (greylisted); the report from ", footfall.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_said_once()
    {
        await FillAsync();
        await using var receiver = new MailReceiver { IsSecureAtOnce = true, Answers = new() { ["AUTH"] = new(["535 no"]) } };
        await using var footfall = Start(receiver);

        await footfall.WaitForAsync(written => written.Error, "does not let this user in: look at the user in --report-to and the password in --report-password-file");
        await StopAsync(footfall, "report week", "refused ");
    }

    [Theory]
    [InlineData("Größe & <b>Söhne</b> \"GmbH\" 応募", "Größe & <b>Söhne</b> \"GmbH\" 応募")]
    [InlineData("Acme\r\nBcc: evil@example.com\r\n\r\nbody", "Acme  Bcc: evil@example.com    body")]
    [InlineData("=?utf-8?q?evil?= Acme", "=?utf-8?q?evil?= Acme")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    public async Task A_links_name_is_a_subject_and_nothing_more(string name, string shown)
    {
        await using var receiver = new MailReceiver();
        var settings = new ReportSettings(
            new Uri($"smtp://localhost:{receiver.Port}?to=jane@example.com&from=footfall@example.com"), [ReportTime.AtFirstOpening], PasswordFile: null);
        using var way = Mail.Open(settings, TimeProvider.System);
        var opening = new Opening(new Link("acmeacme", name, new(2026, 11, 1)), new(2026, 11, 25));

        await way.SendAsync(
            new Outgoing("the first visit by a link", opening.ToNotice(opening.Day), opening.Write), TestContext.Current.CancellationToken);

        var mail = Parse(await receiver.ReceiveAsync());
        Assert.Equal($"{shown}: first visit today", mail.Subject!.Replace("\u200B", "", StringComparison.Ordinal));
        Assert.Equal($"{shown}: first visit today\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Null(mail.Headers["Bcc"]);
        Assert.Single(mail.To);
    }

    private FootfallProcess Start(MailReceiver receiver, bool isTrusted = true)
    {
        File.WriteAllText(folder.File("trusted.pem"), isTrusted ? receiver.Certificate : "");
        return FootfallProcess.Start(
            folder.FullName,
            ["serve", "--port", "0", "--chromium", "none", "--report", "weekly", "--report-password-file", folder.File("password")],
            ("FOOTFALL_REPORT_TO", $"smtps://footfall%40example.com@127.0.0.1:{receiver.Port}?to=jane@example.com"),
            ("SSL_CERT_FILE", folder.File("trusted.pem")));
    }

    private static MimeMessage Parse(string mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));

    private async Task StopAsync(FootfallProcess footfall, string mark, string start)
    {
        _ = await footfall.WaitForUrlAsync();
        while (await FindMarkAsync(mark) is not { } found || !found.StartsWith(start, StringComparison.Ordinal))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await footfall.SignalAsync("TERM");
        Assert.Equal(0, await footfall.WaitForExitAsync());
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(folder.File("data"));
        await using var store = SqliteVisitStore.Open(folder.File("data/footfall.db"), TimeProvider.System);
        await new CountedDays(store, store).VisitAsync(
            await DayThatLasts.WednesdayOfLastWeekAsync(TestContext.Current.CancellationToken), 3);
    }

    private async Task<string?> FindMarkAsync(string name)
    {
        await using var store = SqliteVisitStore.Open(folder.File("data/footfall.db"), TimeProvider.System);
        return await store.FindMarkAsync(name, TestContext.Current.CancellationToken);
    }
}
