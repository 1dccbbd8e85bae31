using System.Net;
using System.Net.Sockets;
using Footfall.Reporting;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using CommandException = Footfall.Cli.Commands.CommandException;

namespace Footfall.Cli.Reporting;

/// <summary>
/// Sends messages by mail, over a server that the owner has an account on. To any but this machine itself it speaks TLS:
/// the password and the names of links are for nobody between.
/// </summary>
internal sealed class Mail : IReportChannel
{
    private const int Submission = 587;
    private const int SubmissionOverTls = 465;
    private const int OnThisMachine = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ReportSettings settings;
    private readonly MailboxAddress from;
    private readonly MailboxAddress to;
    private readonly NetworkCredential? account;
    private readonly TimeProvider clock;

    private Mail(ReportSettings settings, MailboxAddress from, MailboxAddress to, NetworkCredential? account, TimeProvider clock)
    {
        this.settings = settings;
        this.from = from;
        this.to = to;
        this.account = account;
        this.clock = clock;
    }

    public string Place => settings.Place;

    /// <exception cref="CommandException">The address or the password's file is not as expected.</exception>
    public static Mail Open(ReportSettings settings, TimeProvider clock)
    {
        var query = QueryOf(settings.To);
        var user = Uri.UnescapeDataString(settings.To.UserInfo);
        if (user.Contains(':', StringComparison.Ordinal))
        {
            throw new CommandException("--report-to: a password does not belong in the address; put it into a file, and name that with --report-password-file FILE.");
        }

        return new Mail(
            settings,
            AddressFrom(query.GetValueOrDefault("from") ?? (user.Contains('@', StringComparison.Ordinal) ? user : null), "from"),
            AddressFrom(query.GetValueOrDefault("to"), "to"),
            user.Length > 0 ? new NetworkCredential(user, ReadPassword(settings.PasswordFile)) : null,
            clock);
    }

    public async Task<Attempt> SendAsync(Outgoing message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var client = new SmtpClient();
        using var mail = Compose(message.Notice);
        var isHandedOver = false;
        try
        {
            await client.ConnectAsync(settings.To.Host, PortOf(settings.To), SecurityOf(settings.To), end.Token);
            if (account is not null)
            {
                await client.AuthenticateAsync(account, end.Token);
            }

            isHandedOver = true;
            await client.SendAsync(mail, end.Token);
            return Attempt.Taken;
        }
        catch (SmtpCommandException e)
        {
            var words = $"answers {(int)e.StatusCode} ({OneLine(e.Message)})";
            return (int)e.StatusCode < 500
                ? new(AttemptEnd.NotTaken, words)
                : new(AttemptEnd.Refused, $"{words}: look whether --report-to names the right mailboxes");
        }
        catch (AuthenticationException)
        {
            return new(AttemptEnd.Refused, "does not let this user in: look at the user in --report-to and the password in --report-password-file");
        }
        catch (SslHandshakeException)
        {
            return new(AttemptEnd.Refused, "has no certificate for this name that this machine trusts: look at the host and the port in --report-to");
        }
        catch (NotSupportedException)
        {
            return new(AttemptEnd.Refused, "offers no TLS here, or no sign-in: try smtps:// with port 465, or smtp:// with port 587");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Interrupted($"does not answer within {Patience.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException)
        {
            return Interrupted($"cannot be spoken with: {OneLine(e.Message)}");
        }

        Attempt Interrupted(string words) => new(isHandedOver ? AttemptEnd.Unknown : AttemptEnd.NotTaken, words);
    }

    public void Dispose()
    {
        // A connection lasts as long as one mail.
    }

    internal static SecureSocketOptions SecurityOf(Uri server) =>
        server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect
        : server.IsLoopback ? SecureSocketOptions.None
        : SecureSocketOptions.StartTls;

    internal static int PortOf(Uri server) => server switch
    {
        { Port: > 0 } => server.Port,
        { Scheme: "smtps" } => SubmissionOverTls,
        { IsLoopback: true } => OnThisMachine,
        _ => Submission,
    };

    private MimeMessage Compose(Notice notice)
    {
        var mail = new MimeMessage(
            [from],
            [to],
            SubjectOf(notice),
            new BodyBuilder { TextBody = NoticeText.Write(notice), HtmlBody = NoticeHtml.Write(notice) }.ToMessageBody())
        {
            Date = clock.GetUtcNow(),
        };
        // RFC 3834: nobody's out-of-office reply is wanted.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    // What looks like an encoded word (RFC 2047) would be shown as what it encodes: a space of no width keeps it apart.
    private static string SubjectOf(Notice notice) =>
        NoticeText.WriteTitle(notice).Replace("=?", "=\u200B?", StringComparison.Ordinal);

    private static Dictionary<string, string> QueryOf(Uri address)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
            query[name] = Uri.UnescapeDataString(value);
        }

        return query.Keys.FirstOrDefault(name => name is not ("to" or "from")) is { } unknown
            ? throw new CommandException($"--report-to: '{unknown}' is nothing that an address for mail can say; there are to and from.")
            : query;
    }

    private static MailboxAddress AddressFrom(string? text, string name) =>
        MailboxAddress.TryParse(text ?? "", out var address) && address.Address.Contains('@', StringComparison.Ordinal)
            ? address
            : throw new CommandException(
                $"--report-to: for mail it needs {name}=ADDRESS behind it, such as smtp://user@smtp.example.com:587?{name}=jane@example.com.");

    private static string ReadPassword(string? file)
    {
        if (file is null)
        {
            throw new CommandException("--report-to: its user needs a password: name the file that holds it with --report-password-file FILE.");
        }

        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--report-password-file: {file} cannot be read: {e.Message}", e);
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
