using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>Puts TLS, by a certificate of its own, before a service that has none.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly HttpClient client;
    private readonly WebApplication front;

    private TlsFront(Uri service)
    {
        client = new HttpClient { BaseAddress = service };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        front = builder.Build();
        front.MapPost("/", PassOnAsync);
    }

    public string Url => front.Urls.Single();

    /// <summary>What has to be trusted, as PEM.</summary>
    public string Certificate => certificate.ExportCertificatePem();

    public static async Task<TlsFront> StartAsync(Uri service)
    {
        var started = new TlsFront(service);
        await started.front.StartAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        client.Dispose();
        certificate.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, client.BaseAddress) { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, value) in context.Request.Headers.Where(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var answer = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
