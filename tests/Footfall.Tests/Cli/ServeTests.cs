using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall serve</c> as its owner meets it.</summary>
public sealed class ServeTests : IDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient client = new();

    public ServeTests() => File.WriteAllText(folder.File("resume.json"), Resumes.Complete);

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_says_where_the_page_is_and_where_it_counts()
    {
        await using var footfall = Start();
        var url = await footfall.WaitForUrlAsync();

        Assert.Contains("Jane Doe", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);
        await footfall.WaitForAsync(written => written.Output, folder.File("data/footfall.db"));
        Assert.True(File.Exists(folder.File("data/footfall.db")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task When_it_is_stopped_the_request_under_way_is_answered_and_the_count_is_there_afterwards(string signal)
    {
        await using (var footfall = Start())
        {
            var url = await footfall.WaitForUrlAsync();
            using var connection = new TcpClient();
            await connection.ConnectAsync(url.Host, url.Port, Cancellation);
            var stream = connection.GetStream();
            await stream.WriteAsync(HalfAPost(), Cancellation);
            await WaitForContinueAsync(stream);

            await footfall.SignalAsync(signal);
            await footfall.WaitForAsync(written => written.Output, "Stopping");
            await stream.WriteAsync("\":\"/\"}"u8.ToArray(), Cancellation);
            using var reader = new StreamReader(stream);

            Assert.Contains("\"visits\":1,", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
            Assert.Equal(0, await footfall.WaitForExitAsync());
            Assert.Equal("", footfall.Error);
            Assert.Equal(
                [folder.File("data/footfall.db"), folder.File("data/owner-key")],
                Directory.GetFiles(folder.File("data")).Order(StringComparer.Ordinal));
        }

        await using var again = Start();
        var answer = await client.GetStringAsync(new Uri(await again.WaitForUrlAsync(), "/api/visits"), Cancellation);
        Assert.Contains("\"visits\":1,", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_the_page_knows_where_it_is_and_an_edit_changes_that_page_too()
    {
        await using var footfall = Start();
        var url = await footfall.WaitForUrlAsync();
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "jane.example.com");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var page = SiteText.Html(await client.GetStringAsync(url, Cancellation));
        var sitemap = await client.GetStringAsync(new Uri(url, "sitemap.xml"), Cancellation);

        Assert.Equal("https://jane.example.com/", page.QuerySelector("link[rel=canonical]")?.GetAttribute("href"));
        Assert.Equal("https://jane.example.com/", page.QuerySelector("meta[property='og:url']")?.GetAttribute("content"));
        Assert.Contains("<loc>https://jane.example.com/</loc>", sitemap, StringComparison.Ordinal);
        await footfall.WaitForAsync(written => written.Output, "rendered for https://jane.example.com/");

        await EditAsync(Resumes.Complete.Replace("Jane Doe", "Joan Doe", StringComparison.Ordinal));
        await WaitForPageAsync(url, "Joan Doe");
        Assert.Contains("rel=\"canonical\"", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_rendered_and_a_broken_one_leaves_the_last_good_page()
    {
        await using var footfall = Start();
        var url = await footfall.WaitForUrlAsync();

        await EditAsync(Resumes.Complete.Replace("Jane Doe", "Joan Doe", StringComparison.Ordinal));
        await footfall.WaitForAsync(written => written.Output, "rendered again");
        await WaitForPageAsync(url, "Joan Doe");

        await EditAsync("{\n  \"basics\": { \"name\": true }\n}");
        await footfall.WaitForAsync(written => written.Error, "the last good page stays up");
        Assert.Contains("resume.json:2:23: basics.name: ", footfall.Error, StringComparison.Ordinal);
        Assert.Contains("Joan Doe", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);

        ReplaceAsEditorsDo(Resumes.Complete.Replace("Jane Doe", "June Doe", StringComparison.Ordinal));
        await WaitForPageAsync(url, "June Doe");

        File.Delete(folder.File("resume.json"));
        await footfall.WaitForAsync(written => written.Error, "resume.json is not there.");
        Assert.Contains("June Doe", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_address_nor_user_agent_is_written_anywhere()
    {
        const string Agent = "Mozilla/5.0 DistinctiveAgent";
        const string Address = "198.51.100.77";
        await using (var footfall = Start("--trusted-proxy", "127.0.0.1", "--address-limit", "1"))
        {
            var url = await footfall.WaitForUrlAsync();
            foreach (var (method, path, body) in new[]
            {
                ("POST", "/api/visits", "{}"), ("POST", "/api/visits", "{\"counter\":\"nowhere\"}"), ("POST", "/api/visits", "{"),
                ("POST", "/", ""), ("GET", "/", ""), ("GET", "/nowhere", ""), ("PUT", "/api/visits", ""),
                ("GET", "/api/hit.svg", ""), ("GET", "/api/visits?counter=%zz", ""),
            })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(url, path))
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                };
                request.Headers.TryAddWithoutValidation("User-Agent", Agent);
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", Address);
                using var answer = await client.SendAsync(request, Cancellation);
            }

            await SendBytesAsync(url, $"GARBAGE {Agent} {Address}\r\n\r\n");
            await SendBytesAsync(url, $"POST /api/visits HTTP/1.1\r\nHost: x\r\nUser-Agent: {Agent}\r\nX-Forwarded-For: {Address}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
            await footfall.SignalAsync("TERM");
            Assert.Equal(0, await footfall.WaitForExitAsync());
            AssertIsWithout(footfall.Output + footfall.Error, Agent, Address);
        }

        var files = Directory.GetFiles(folder.File("data"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            AssertIsWithout(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation)), Agent, Address);
            AssertIsWithout(
                Convert.ToHexString(await File.ReadAllBytesAsync(file, Cancellation)),
                Convert.ToHexString(IPAddress.Parse(Address).GetAddressBytes()));
        }
    }

    [Fact]
    public async Task A_settings_file_that_is_used_is_named_and_one_that_says_nothing_is_not()
    {
        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{ "Logging": {} }""", Cancellation);
        await using (var footfall = Start())
        {
            await footfall.WaitForUrlAsync();
            await footfall.WaitForAsync(process => process.Output, "Ctrl-C stops it.");
            Assert.DoesNotContain("appsettings.json", footfall.Output, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(folder.File("appsettings.json"), """{ "Footfall": { "Counters": ["talks"] } }""", Cancellation);
        await using (var footfall = Start())
        {
            await footfall.WaitForUrlAsync();
            await footfall.WaitForAsync(process => process.Output, "Ctrl-C stops it.");
            Assert.Contains($"  settings  {folder.File("appsettings.json")}", footfall.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    public async Task The_address_that_is_printed_is_listened_on(string host, string printed)
    {
        await using var footfall = Start("--host", host);
        var url = await footfall.WaitForUrlAsync();

        Assert.Equal(printed, url.Host);
        Assert.Contains("Jane", await client.GetStringAsync(url, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await AssertEndsAsync($"127.0.0.1:{port} is in use by another program.", ["serve", "--port", port]);
    }

    [Fact]
    public Task An_address_of_another_machine_is_named() =>
        AssertEndsAsync("192.0.2.1:0 cannot be listened on: ", ["serve", "--port", "0", "--host", "192.0.2.1"]);

    [Theory]
    [InlineData("missing.json", null, "missing.json is not there. Write one")]
    [InlineData("broken.json", "{ \"basics\": ", "broken.json:1:")]
    [InlineData("wrong.json", "{ \"basics\": { \"name\": true } }", "wrong.json:1:23: basics.name: ")]
    [InlineData("", null, "--resume: '' is no path.")]
    [InlineData(".", null, ". is not there.")]
    public async Task A_resume_that_cannot_be_read_is_named_and_nothing_is_made(string file, string? content, string message)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(folder.File(file), content, Cancellation);
        }

        await AssertEndsAsync(message, ["--port", "0", "--resume", file]);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_named()
    {
        await File.WriteAllTextAsync(folder.File("data"), "", Cancellation);

        await AssertEndsAsync(folder.File("data"), ["--port", "0"]);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named() =>
        await AssertEndsAsync("/proc/nowhere", ["--port", "0", "--data", "/proc/nowhere"]);

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone_and_named()
    {
        var database = folder.File("data/footfall.db");
        await using (var footfall = Start())
        {
            await footfall.WaitForUrlAsync();
            await footfall.SignalAsync("TERM");
            await footfall.WaitForExitAsync();
        }

        // The user version: bytes 60 to 63 of the header (https://www.sqlite.org/fileformat.html).
        var bytes = await File.ReadAllBytesAsync(database, Cancellation);
        bytes[60] = 0x7F;
        await File.WriteAllBytesAsync(database, bytes, Cancellation);

        await AssertEndsAsync(database, ["--port", "0"]);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(database, Cancellation));
    }

    [Theory]
    [InlineData("'--prot' is not known here.", "--prot", "80")]
    [InlineData("'frob' is not known here.", "frob")]
    [InlineData("Required argument missing for option: '--port'.", "serve", "--port")]
    [InlineData("--port: 'many' is no whole number from 0 to 65535.", "--port", "many")]
    public Task A_wrong_line_is_refused(string message, params string[] line) => AssertEndsAsync(message, line);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FootfallProcess Start(params string[] arguments) =>
        FootfallProcess.Start(folder.FullName, ["serve", "--port", "0", .. arguments]);

    private async Task AssertEndsAsync(string message, string[] line)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, line);

        Assert.NotEqual(0, footfall.ExitCode);
        Assert.StartsWith("footfall: ", footfall.Error, StringComparison.Ordinal);
        Assert.Contains(message, footfall.Error, StringComparison.Ordinal);
        Assert.Equal("", footfall.Output);
        Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void AssertIsWithout(string text, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static byte[] HalfAPost() => Encoding.ASCII.GetBytes(
        "POST /api/visits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + $"User-Agent: {Browser}\r\nContent-Length: 15\r\nExpect: 100-continue\r\n\r\n{{\"counter");

    // The server says so when it has begun to read the body.
    private static async Task WaitForContinueAsync(NetworkStream stream)
    {
        var expected = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();
        var received = new byte[expected.Length];
        await stream.ReadExactlyAsync(received, Cancellation);
        Assert.Equal(expected, received);
    }

    private static async Task SendBytesAsync(Uri url, string bytes)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(url.Host, url.Port, Cancellation);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), Cancellation);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    private Task EditAsync(string content) => File.WriteAllTextAsync(folder.File("resume.json"), content, Cancellation);

    private void ReplaceAsEditorsDo(string content)
    {
        File.WriteAllText(folder.File(".resume.json.swp"), content);
        File.Move(folder.File(".resume.json.swp"), folder.File("resume.json"), overwrite: true);
    }

    private async Task WaitForPageAsync(Uri url, string text)
    {
        while (!(await client.GetStringAsync(url, Cancellation)).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(50, Cancellation);
        }
    }
}
