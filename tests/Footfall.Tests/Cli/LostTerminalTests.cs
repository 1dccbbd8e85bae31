using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>A server whose terminal has gone, or whose log's disk is full.</summary>
public sealed class LostTerminalTests : IDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient client = new();
    private readonly string port = FreePort().ToString(CultureInfo.InvariantCulture);

    public LostTerminalTests() => File.WriteAllText(folder.File("resume.json"), Resumes.Complete);

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("> /dev/full 2>&1")]
    [InlineData(">&- 2>&-")]
    [InlineData("> >(true) 2>&1")]
    public async Task The_page_the_counting_and_the_answer_503_go_on(string redirection)
    {
        await using var footfall = FootfallProcess.StartRedirected(folder.FullName, redirection, "serve", "--port", port);
        await WaitForPageAsync("Jane Doe");
        Assert.Equal(HttpStatusCode.OK, await CountAsync());

        await File.WriteAllTextAsync(
            folder.File("resume.json"), Resumes.Complete.Replace("Jane Doe", "Joan Doe", StringComparison.Ordinal), Cancellation);
        await WaitForPageAsync("Joan Doe");
        await File.WriteAllTextAsync(folder.File("resume.json"), "no résumé", Cancellation);

        using (var other = new OtherProgram(folder.File("data/footfall.db")))
        {
            other.Run("BEGIN IMMEDIATE");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await CountAsync());
        }

        Assert.Equal(HttpStatusCode.OK, await CountAsync());
        await WaitForPageAsync("Joan Doe");
    }

    [Fact]
    public async Task It_goes_on_when_its_terminal_is_closed_and_stops_when_it_is_told_to()
    {
        await using var footfall = FootfallProcess.Start(folder.FullName, ["serve", "--port", "0"]);
        var url = await footfall.WaitForUrlAsync();

        await footfall.SignalAsync("HUP");

        Assert.Contains("Jane Doe", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);
        await footfall.SignalAsync("TERM");
        Assert.Equal(0, await footfall.WaitForExitAsync());
    }

    [Fact]
    public async Task An_export_that_cannot_be_shown_whole_fails()
    {
        await using (var import = await FootfallProcess.RunAsync(folder.FullName, ["import", "--start", "5"]))
        {
            Assert.Equal(0, import.ExitCode);
        }

        await using var export = FootfallProcess.StartRedirected(folder.FullName, "> /dev/full", "export");

        Assert.Equal(1, await export.WaitForExitAsync());
        Assert.Contains("It is not whole", export.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--format", "json")]
    [InlineData("cost", "--visits-per-month", "1000")]
    [InlineData("--help")]
    public async Task So_does_anything_else_of_which_a_part_is_lost(params string[] line)
    {
        await using var footfall = FootfallProcess.StartRedirected(folder.FullName, "> /dev/full", line);

        Assert.Equal(1, await footfall.WaitForExitAsync());
        Assert.Contains("Not all that there is to say could be written", footfall.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<HttpStatusCode> CountAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/api/visits"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd(Browser);
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task WaitForPageAsync(string text)
    {
        for (var page = ""; !page.Contains(text, StringComparison.Ordinal);)
        {
            try
            {
                page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), Cancellation);
            }
            catch (HttpRequestException)
            {
                // It is not listening yet.
            }

            await Task.Delay(50, Cancellation);
        }
    }
}
