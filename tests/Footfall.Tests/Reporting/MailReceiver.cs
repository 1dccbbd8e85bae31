using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Footfall.Tests.Reporting;

/// <summary>A mail server (RFC 5321) that one client after the other hands mail in to, over TLS or not.</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> received = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly Task running;

    public MailReceiver()
    {
        listener.Start();
        running = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether a connection begins with TLS.</summary>
    public bool IsSecureAtOnce { get; init; }

    /// <summary>What commands are answered with, by their first word, in turn; others, and all after that, with success.</summary>
    public Dictionary<string, Queue<string>> Answers { get; init; } = [];

    /// <summary>Each command as it came.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The certificate, for a client that is to trust it, as PEM.</summary>
    public string Certificate => certificate.ExportCertificatePem();

    /// <summary>The next mail, when it has come.</summary>
    public async Task<string> ReceiveAsync() => await received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await running;
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(IsSecureAtOnce ? await SecureAsync(client.GetStream()) : client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // The test is over, or the client has hung up.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        await SayAsync(stream, "220 mail.example.com ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            lock (Commands)
            {
                Commands.Add(line);
            }

            var word = line.Split(' ')[0].ToUpperInvariant();
            if (Answers.TryGetValue(word, out var answers) && answers.TryDequeue(out var answer))
            {
                await SayAsync(stream, answer);
                continue;
            }

            switch (word)
            {
                case "EHLO":
                    await SayAsync(stream, "250-mail.example.com\r\n250-AUTH PLAIN\r\n250 8BITMIME");
                    break;
                case "AUTH":
                    await SayAsync(stream, "235 welcome");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    await received.Writer.WriteAsync(await ReadMailAsync(stream), stop.Token);
                    await SayAsync(stream, Answers.TryGetValue(".", out var ends) && ends.TryDequeue(out var end) ? end : "250 kept");
                    break;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private async Task<Stream> SecureAsync(Stream plain)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return secure;
    }

    private async Task<string> ReadMailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line and not ".")
        {
            mail.Append(line).Append('\n');
        }

        return mail.ToString();
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }

    private Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes($"{text}\r\n"), stop.Token).AsTask();

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
