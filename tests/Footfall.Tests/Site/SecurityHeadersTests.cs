using Footfall.Site;

namespace Footfall.Tests.Site;

public sealed class SecurityHeadersTests
{
    [Fact]
    public void These_headers_go_with_every_file()
    {
        Assert.Equal(
            [
                new("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
                new("Cross-Origin-Opener-Policy", "same-origin"),
                new("Cross-Origin-Resource-Policy", "same-origin"),
                new("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
                    + "microphone=(), payment=(), usb=()"),
                new("Referrer-Policy", "same-origin"),
                new("X-Content-Type-Options", "nosniff"),
            ],
            SecurityHeaders.For());
    }

    [Fact]
    public void The_policy_makes_no_exception()
    {
        var values = SecurityHeaders.For(new("https://api.example.com"), overTls: true).Select(header => header.Value);

        Assert.DoesNotContain(values, value => value.Contains("unsafe", StringComparison.Ordinal) || value.Contains('*'));
    }

    [Fact]
    public void An_API_elsewhere_may_be_called()
    {
        var policy = SecurityHeaders.For(new("https://api.example.com/v1/"))[0].Value;

        Assert.Contains("connect-src 'self' https://api.example.com;", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_site_with_TLS_insists_on_it()
    {
        const string Name = "Strict-Transport-Security";

        Assert.DoesNotContain(SecurityHeaders.For(), header => header.Key == Name);
        Assert.Contains(SecurityHeaders.For(overTls: true), header => header is { Key: Name, Value: "max-age=31536000" });
    }
}
