using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Footfall.LambdaBench;

/// <summary>Speaks TLS before a server that does not, under a certificate of its own making.</summary>
internal sealed class TlsTerminator : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly WebApplication server;

    private TlsTerminator(HttpClient client, WebApplication server, string certificateFile)
    {
        this.client = client;
        this.server = server;
        CertificateFile = certificateFile;
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
    }

    public Uri Address { get; }

    /// <summary>The certificate as PEM, for clients to trust.</summary>
    public string CertificateFile { get; }

    public static async Task<TlsTerminator> StartAsync(Uri target)
    {
#pragma warning disable CA2000 // The server uses it until the end of the process.
        var certificate = CreateCertificate();
#pragma warning restore CA2000
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var forwarder = new HttpClient { BaseAddress = target };
        var terminator = builder.Build();
        terminator.Run(context => ForwardAsync(forwarder, context));
        await terminator.StartAsync();
        return new TlsTerminator(forwarder, terminator, file);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
        File.Delete(CertificateFile);
    }

    private static async Task ForwardAsync(HttpClient client, HttpContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(context.Request.Body) };
        foreach (var name in new[] { "Authorization", "X-Amz-Date", "X-Amz-Target" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
