using System.Net;
using Footfall.Cli.Rendering;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>A picture is fetched from the internet over TLS, and from nowhere else.</summary>
public sealed class RemotePhotoTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void Only_addresses_of_the_internet_are_asked(string address, bool isPublic) =>
        Assert.Equal(isPublic, RemotePhoto.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1:9/me.png", "expected a server on the internet, found 127.0.0.1 in a private network")]
    [InlineData("https://localhost:9/me.png", "expected a server on the internet, found localhost in a private network")]
    [InlineData("http://example.com/me.png", "expected an https: address, found http://example.com/me.png")]
    public async Task The_build_tells_why_a_picture_was_not_fetched(string address, string expected)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            folder.File("resume.json"), $$"""{ "basics": { "name": "Jane", "image": "{{address}}" } }""", TestContext.Current.CancellationToken);

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["build", "--fetch-photo", "--chromium", "none"]);

        Assert.Equal(0, footfall.ExitCode);
        Assert.Contains(expected, footfall.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", await File.ReadAllTextAsync(folder.File("dist/index.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
