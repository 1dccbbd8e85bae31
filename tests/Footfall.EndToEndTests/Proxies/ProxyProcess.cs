using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Proxies;

/// <summary>A real proxy in front of a server, on free ports of the loopback.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory folder;
    private readonly Process process;
    private readonly StringBuilder said = new();

    private ProxyProcess(TemporaryDirectory folder, int port, Process process)
    {
        this.folder = folder;
        this.process = process;
        Port = port;
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens, on the loopback.</summary>
    public int Port { get; }

    /// <param name="server">A server block, as a person would write it for <c>127.0.0.1:8080</c> and port 80.</param>
    /// <param name="upstream">Where the server really listens.</param>
    public static async Task<ProxyProcess> StartNginxAsync(string server, Uri upstream)
    {
        var place = new TemporaryDirectory();
        var port = FreePort();
        var placed = Place(server, upstream)
            .Replace("listen [::]:80;", "", StringComparison.Ordinal)
            .Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal);
        var user = Environment.UserName == "root" ? "user root;" : "";
        await File.WriteAllTextAsync(place.File("nginx.conf"), $$"""
            daemon off;
            {{user}}
            pid {{place.File("nginx.pid")}};
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path {{place.File("body")}};
                proxy_temp_path {{place.File("proxy")}};
                fastcgi_temp_path {{place.File("fastcgi")}};
                uwsgi_temp_path {{place.File("uwsgi")}};
                scgi_temp_path {{place.File("scgi")}};
            {{placed}}
            }
            """);
        return await StartAsync(place, port, "nginx", ["-p", place.FullName, "-c", place.File("nginx.conf")]);
    }

    /// <param name="site">A site's block, as a person would write it for <c>127.0.0.1:8080</c>; HTTPS is Caddy's own authority's.</param>
    /// <param name="upstream">Where the server really listens.</param>
    public static async Task<ProxyProcess> StartCaddyAsync(string site, Uri upstream)
    {
        var place = new TemporaryDirectory();
        var port = FreePort();
        await File.WriteAllTextAsync(place.File("Caddyfile"), $$"""
            {
            	admin off
            	local_certs
            	skip_install_trust
            	auto_https disable_redirects
            	http_port {{FreePort()}}
            	https_port {{port}}
            	default_bind 127.0.0.1
            }
            {{Place(site, upstream)}}
            """);
        var caddy = await StartAsync(
            place, port, "caddy", ["run", "--config", place.File("Caddyfile"), "--adapter", "caddyfile"]);
        await caddy.WaitForCertificateAsync(new Uri($"https://{site.Split([' ', '{'])[0]}/"));
        return caddy;
    }

    /// <summary>Somebody at an address of their own, who trusts Caddy's authority and finds every host here.</summary>
    /// <param name="address">One of this machine, such as 127.0.1.7.</param>
    public HttpClient ReaderAt(IPAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(IPAddress.Loopback, Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var authority = folder.File("caddy/pki/authorities/local/root.crt");
        if (File.Exists(authority))
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authority) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return new HttpClient(handler);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Dispose();
    }

    private static string Place(string configuration, Uri upstream) =>
        configuration.Replace("127.0.0.1:8080", upstream.Authority, StringComparison.Ordinal);

    private static async Task<ProxyProcess> StartAsync(
        TemporaryDirectory place, int port, string program, string[] arguments)
    {
        var file = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "proxies", "bin", program);
        Prerequisite.RequireFile(file);
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_DATA_HOME"] = place.FullName, ["XDG_CONFIG_HOME"] = place.FullName },
        };
        var proxy = new ProxyProcess(place, port, new Process { StartInfo = start });
        await proxy.WaitUntilItListensAsync();
        return proxy;
    }

    private async Task WaitUntilItListensAsync()
    {
        while (true)
        {
            Assert.False(process.HasExited, $"The proxy ended:\n{said}");
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    // Caddy listens before its authority has made the certificate, and ends handshakes until then.
    private async Task WaitForCertificateAsync(Uri page)
    {
        while (true)
        {
            Assert.False(process.HasExited, $"The proxy ended:\n{said}");
            try
            {
                using var reader = ReaderAt(IPAddress.Loopback);
                using var answer = await reader.GetAsync(page, TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }
}
