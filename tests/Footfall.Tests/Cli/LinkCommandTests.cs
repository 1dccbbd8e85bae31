using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>The owner's links and key, as the owner meets them: commands beside a server that runs.</summary>
public sealed partial class LinkCommandTests : IDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient client = new();

    public LinkCommandTests() => File.WriteAllText(folder.File("resume.json"), Resumes.Complete);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_link_made_beside_the_server_counts_at_once_and_its_name_is_the_owners_alone()
    {
        await using var server = Start("--port", "0");
        var url = await server.WaitForUrlAsync();

        var key = await AddAsync("Acme, platform lead", "--site-url", "https://jane.example.com/");
        var answer = await VisitAsync(url, $$"""{"link":"{{key}}"}""");
        var other = await VisitAsync(url, """{"link":"zzzzzzzz"}""");

        Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"visit"}""", answer);
        Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"repeat"}""", other);
        var list = await RunAsync("link", "list");
        Assert.Matches($@"/\?to={key}  1 +\d{{4}}-\d\d-\d\d  \d{{4}}-\d\d-\d\d  0 +Acme, platform lead\n", list.Output);

        var report = await ReportAsync(server, url);
        Assert.Equal("Acme, platform lead", report.GetProperty("links")[0].GetProperty("name").GetString());
        Assert.Equal("""{"link":1}""", report.GetProperty("days")[0].GetProperty("sources").GetRawText());
        Assert.Equal("", server.Error);
    }

    [Fact]
    public async Task A_link_is_renamed_and_removed_and_what_the_page_counted_stays()
    {
        var key = await AddAsync("Acme");
        _ = await RunAsync("link", "rename", key, "Acme, staff engineer");
        Assert.Contains("Acme, staff engineer", (await RunAsync("link", "list")).Output, StringComparison.Ordinal);

        await using var server = Start("--port", "0");
        var url = await server.WaitForUrlAsync();
        _ = await VisitAsync(url, $$"""{"link":"{{key}}"}""");
        _ = await RunAsync("link", "remove", key);

        Assert.Contains("There is no link yet", (await RunAsync("link", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("\"visits\":1", await client.GetStringAsync(new Uri(url, "api/visits"), Cancellation), StringComparison.Ordinal);
        Assert.Empty((await ReportAsync(server, url)).GetProperty("links").EnumerateArray());
    }

    [Fact]
    public async Task Its_address_is_drawn_for_a_telephone()
    {
        var footfall = await RunAsync("link", "add", "Card", "--site-url", "https://jane.example.com", "--qr", "--qr-file", "card.svg");

        Assert.Contains("█", footfall.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", await File.ReadAllTextAsync(folder.File("card.svg"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link add", "Required argument missing")]
    [InlineData("link add ", "A link's name is 1 to 200")]
    [InlineData("link rename k7f3q2xm", "Required argument missing")]
    [InlineData("link rename K7F3Q2XM new", "'K7F3Q2XM' is no link's key")]
    [InlineData("link remove k7f3q2xm", "There is no link k7f3q2xm")]
    [InlineData("link add Acme --qr", "say where the page is with --site-url URL")]
    [InlineData("link add Acme --site-url https://jane.example.com/?page=cv", "--site-url: 'https://jane.example.com/?page=cv' is no address")]
    [InlineData("link add Acme --site-url https://jane.example.com/#cv", "is no address, such as https://jane.example.com.")]
    [InlineData("link add Acme --site-url https://jane@example.com/", "is no address, such as https://jane.example.com.")]
    [InlineData("owner-key --site-url javascript:alert(1)", "--site-url: 'javascript:alert(1)' is no address")]
    public async Task A_mistake_is_told(string line, string message)
    {
        _ = await AddAsync("There is one");
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, line.Split(' '));

        Assert.Equal(1, footfall.ExitCode);
        Assert.Contains(message, footfall.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", (await RunAsync("link", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_site_of_no_list_and_no_browser_is_in_the_files_and_no_links_key_in_what_is_printed()
    {
        var key = await AddAsync("Acme");
        await using var server = Start("--port", "0", "--counter", "/blog/*");
        var url = await server.WaitForUrlAsync();
        string[] referrers =
        [
            "wiki.secret-corp.example", "https://secret-corp.example/a?b#c", "google.com.secret-corp.example", "SECRET-CORP",
            "secret-corp\\u0000.linkedin.com", "android-app://com.secret-corp", "\\u202Esecret-corp", "secret-corp.example:8443",
        ];
        foreach (var referrer in referrers)
        {
            Assert.Contains("visit", await VisitAsync(url, $$"""{"counter":"/","referrer":"{{referrer}}","link":"{{key}}"}"""), StringComparison.Ordinal);
            _ = await VisitAsync(url, $$"""{"counter":"/blog/a","referrer":"{{referrer}}","link":"secret-corp"}""");
            _ = await VisitAsync(url, $$"""{"counter":"/no/secret-corp?to={{key}}","referrer":"{{referrer}}"}""");
            _ = await VisitAsync(url, $$"""{"secret-corp":"{{key}}"}""");
        }

        _ = await client.GetStringAsync(new Uri(url, $"?to={key}"), Cancellation);
        using var none = await client.GetAsync(new Uri(url, $"api/visits?counter=~to/{key}"), Cancellation);
        Assert.Equal(2, (await ReportAsync(server, url)).GetProperty("counters").GetArrayLength());
        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.WaitForExitAsync());

        Assert.DoesNotContain(key, server.Output + server.Error, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.File("data")))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            Assert.DoesNotContain("secret-corp", content, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Firefox", content, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", content, StringComparison.Ordinal);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_that_others_can_read_are_named()
    {
        await using (var first = Start("--port", "0"))
        {
            _ = await KeyAsync(first);
            Assert.Equal("", first.Error);
        }

        string[] files = [folder.File("data/footfall.db"), folder.File("data/owner-key")];
        foreach (var file in files)
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
        }

        await using var second = Start("--port", "0");
        _ = await KeyAsync(second);
        await second.WaitForAsync(written => written.Error, "chmod 600 " + files[1]);
        Assert.All(files, file => Assert.Contains($"note: {file} is open to other users", second.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_owners_key_is_made_once_and_is_the_owners_alone()
    {
        await using var first = Start("--port", "0");
        var key = await KeyAsync(first);
        await using var second = Start("--port", "0");

        Assert.Equal(key, await KeyAsync(second));
        Assert.Equal($"{key}\n", await File.ReadAllTextAsync(folder.File("data/owner-key"), Cancellation));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("data/owner-key")));
        }
    }

    [Fact]
    public async Task A_key_whose_digest_is_a_setting_opens_and_no_file_is_made()
    {
        var made = await RunAsync("owner-key", "--site-url", "https://jane.example.com");
        var key = Key().Match(made.Output).Groups["key"].Value;
        var digest = Digest().Match(made.Output).Groups["digest"].Value;
        await using var server = Start("--port", "0", "--owner-key-sha256", digest);
        var url = await server.WaitForUrlAsync();

        Assert.Contains($"https://jane.example.com/stats/#key={key}", made.Output, StringComparison.Ordinal);
        Assert.Equal("/", (await ReportAsync(url, key)).GetProperty("counter").GetString());
        Assert.DoesNotContain(key, server.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("data/owner-key")));
    }

    [Fact]
    public async Task Who_tries_keys_is_held_back_and_named_and_the_owner_is_not()
    {
        await using var server = Start("--port", "0");
        var url = await server.WaitForUrlAsync();
        var key = await KeyAsync(server);

        var tries = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "api/owner/report"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{key}{i}");
            using var response = await client.SendAsync(request, Cancellation);
            tries.Add((int)response.StatusCode);
        }

        Assert.Equal([401, 429], tries.Distinct());
        Assert.Equal("/", (await ReportAsync(url, key)).GetProperty("counter").GetString());
        await server.WaitForAsync(written => written.Error, "an address tries keys to the owner's numbers: 429");
        Assert.DoesNotContain(key, server.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_key_is_told_with_the_way_out()
    {
        _ = Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllTextAsync(folder.File("data/owner-key"), "short\n", Cancellation);
        await using var server = Start("--port", "0");

        Assert.Equal(1, await server.WaitForExitAsync());
        Assert.Contains("holds no owner's key. Delete it", server.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", 404, 404)]
    [InlineData("count", 200, 404)]
    [InlineData("ledger", 200, 200)]
    public async Task What_is_public_is_the_owners_choice(string choice, int count, int ledger)
    {
        await using var server = Start("--port", "0", "--public", choice);
        var url = await server.WaitForUrlAsync();

        using var number = await client.GetAsync(new Uri(url, "api/visits"), Cancellation);
        using var days = await client.GetAsync(new Uri(url, "api/visits/daily"), Cancellation);

        Assert.Equal((count, ledger), ((int)number.StatusCode, (int)days.StatusCode));
        var place = SiteText.Html(await client.GetStringAsync(url, Cancellation)).QuerySelector("[data-counter]")!;
        Assert.Equal(choice == "nothing", place.HasAttribute("hidden"));
    }

    private async Task<string> AddAsync(string name, params string[] options)
    {
        var footfall = await RunAsync(["link", "add", name, .. options]);
        return Address().Match(footfall.Output).Groups["key"].Value;
    }

    private async Task<FootfallProcess> RunAsync(params string[] arguments)
    {
        var footfall = await FootfallProcess.RunAsync(folder.FullName, arguments);
        Assert.Equal((0, ""), (footfall.ExitCode, footfall.ExitCode == 0 ? "" : footfall.Error));
        return footfall;
    }

    private FootfallProcess Start(params string[] options) => FootfallProcess.Start(folder.FullName, ["serve", .. options]);

    private static async Task<string> KeyAsync(FootfallProcess server)
    {
        await server.WaitForAsync(written => written.Output, "/stats/#key=");
        await server.WaitForAsync(written => written.Output, "Ctrl-C");
        return Key().Match(server.Output).Groups["key"].Value;
    }

    private async Task<JsonElement> ReportAsync(FootfallProcess server, Uri url) => await ReportAsync(url, await KeyAsync(server));

    private async Task<JsonElement> ReportAsync(Uri url, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "api/owner/report"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, Cancellation);
        return JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    private async Task<string> VisitAsync(Uri url, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "api/visits"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        _ = request.Headers.TryAddWithoutValidation("User-Agent", Browser);
        using var response = await client.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    [GeneratedRegex(@"\?to=(?<key>[a-z2-9]{8})\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("#key=(?<key>[A-Za-z0-9_-]{43})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex("sha-256 +(?<digest>[0-9a-f]{64})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Digest();
}
