using System.Net;
using System.Text;
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
    [InlineData(3, "picture")]
    [InlineData(4, "expected at most 3 redirects, found more")]
    public async Task Redirects_are_followed_so_far_and_no_further(int redirects, string expected) =>
        Assert.Equal(expected, await FetchAsync(largest: 100, [.. Enumerable.Range(0, redirects).Select(_ => Redirect("/next")), Picture("picture")]));

    [Theory]
    [InlineData("http://example.com/me.png")]
    [InlineData("file:///etc/passwd")]
    public async Task No_redirect_leads_out_of_TLS(string elsewhere) =>
        Assert.Equal($"expected an https: address, found {elsewhere}", await FetchAsync(largest: 100, Redirect(elsewhere), Picture("picture")));

    [Fact]
    public async Task No_more_is_read_than_a_picture_may_have()
    {
        Assert.Equal("1234567", await FetchAsync(largest: 7, Picture("1234567")));
        Assert.Contains("more bytes", await FetchAsync(largest: 7, Picture("12345678")), StringComparison.Ordinal);
    }

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

    /// <returns>What was fetched, or why nothing was.</returns>
    private static async Task<string> FetchAsync(int largest, params HttpResponseMessage[] answers)
    {
        using var handler = new Answering(answers);
        try
        {
            return Encoding.UTF8.GetString(
                await RemotePhoto.FetchAsync(new("https://example.com/me.png"), largest, handler, TestContext.Current.CancellationToken));
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private static HttpResponseMessage Redirect(string address) =>
        new(HttpStatusCode.Found) { Headers = { Location = new(address, UriKind.RelativeOrAbsolute) } };

    private static HttpResponseMessage Picture(string content) => new(HttpStatusCode.OK) { Content = new StringContent(content) };

    /// <summary>A server that gives one answer after the other.</summary>
    private sealed class Answering(params HttpResponseMessage[] answers) : HttpMessageHandler
    {
        private int next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answers[next++]);
    }
}
