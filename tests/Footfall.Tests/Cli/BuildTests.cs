using System.Text;
using Footfall.Counting;
using Footfall.Site;
using Footfall.Tests.Hosts;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall build</c> as its owner meets it.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public BuildTests() => File.WriteAllText(folder.File("resume.json"), Resumes.Complete);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_writes_the_files_that_the_server_would_serve()
    {
        await using var footfall = await BuildAsync();

        var site = await SiteBuilder.BuildAsync(Resumes.Parse(Resumes.Complete), new SiteOptions { IsCounted = false }, Cancellation);
        Assert.Equal(
            site.Files.Select(file => file.Path).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.File("dist"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.File("dist"), file))
                .Order(StringComparer.Ordinal));
        foreach (var file in site.Files)
        {
            Assert.Equal(file.Content, await File.ReadAllBytesAsync(folder.File($"dist/{file.Path}"), Cancellation));
        }

        Assert.Contains(folder.File("dist"), footfall.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_writes_where_it_is_told_and_leaves_what_else_is_there()
    {
        Directory.CreateDirectory(folder.File("public"));
        await File.WriteAllTextAsync(folder.File("public/CNAME"), "jane.example.com", Cancellation);

        await using var footfall = await BuildAsync("--out", "public");

        Assert.True(File.Exists(folder.File("public/index.html")));
        Assert.Equal("jane.example.com", await File.ReadAllTextAsync(folder.File("public/CNAME"), Cancellation));
    }

    [Fact]
    public async Task The_count_can_be_given()
    {
        await using var footfall = await BuildAsync("--count", "1234567");

        Assert.Contains("1,234,567", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_count_can_be_asked_of_a_running_server()
    {
        var store = new MemoryVisitStore();
        for (var i = 0; i < 1_234; i++)
        {
            await store.AddAsync("/", new DateOnly(2026, 11, 22), Outcome.Visit, Cancellation);
        }

        await using var host = await KestrelHost.StartAsync(store: store);
        await using var footfall = await BuildAsync("--count-from", host.Url.ToString());

        Assert.Contains("1,234", await PageAsync(), StringComparison.Ordinal);
        Assert.Contains(host.Url.ToString(), footfall.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_elsewhere_is_what_the_page_calls()
    {
        await using var footfall = await BuildAsync("--api", "https://count.example.com");

        Assert.Contains("https://count.example.com/api/visits", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_on_the_pages_own_origin_is_named_by_a_slash()
    {
        await using var footfall = await BuildAsync("--api", "/");

        Assert.Contains("data-counter=\"/\"", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_can_be_set_in_the_readers_own_fonts()
    {
        await using var footfall = await BuildAsync("--fonts", "system");

        Assert.Empty(Directory.GetFiles(folder.File("dist/assets"), "*.woff2"));
    }

    [Theory]
    [InlineData("no Chromium, Chrome or Edge", "none")]
    [InlineData("made no resume.pdf", "/bin/true")]
    public async Task Without_a_browser_that_prints_a_line_says_so_and_all_else_is_built(string message, string browser)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["build", "--pdf", "--chromium", browser]);

        Assert.Equal(0, footfall.ExitCode);
        Assert.Contains(message, Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("resume.pdf", await PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'ftp://x' is no address", "--api", "ftp://x")]
    [InlineData("--site-url: 'jane' is no address", "--site-url", "jane")]
    [InlineData("--count: 'lots' is no number of visits.", "--count", "lots")]
    [InlineData("exclude each other", "--count", "1", "--count-from", "http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/api/visits does not answer with a count", "--count-from", "http://127.0.0.1:1")]
    [InlineData("/proc/nowhere cannot be written", "--out", "/proc/nowhere")]
    [InlineData("missing.json is not there.", "--resume", "missing.json")]
    [InlineData("--pages is for --pdf.", "--pages", "2")]
    [InlineData("--pages: 'few' is no number of pages.", "--pdf", "--pages", "few")]
    [InlineData("--fonts: 'comic' is no such kind; there are own and system.", "--fonts", "comic")]
    [InlineData("--chromium: 'missing' is not there", "--chromium", "missing")]
    public async Task What_cannot_be_done_is_said_in_a_line(string message, params string[] arguments)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["build", .. arguments]);

        Assert.NotEqual(0, footfall.ExitCode);
        Assert.Contains(message, footfall.Error, StringComparison.Ordinal);
        Assert.StartsWith("footfall: ", footfall.Error, StringComparison.Ordinal);
        Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(Directory.Exists(folder.File("dist")));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<FootfallProcess> BuildAsync(params string[] arguments)
    {
        var footfall = await FootfallProcess.RunAsync(folder.FullName, ["build", .. arguments]);
        Assert.Equal("", footfall.Error);
        Assert.Equal(0, footfall.ExitCode);
        return footfall;
    }

    private Task<string> PageAsync() => File.ReadAllTextAsync(folder.File("dist/index.html"), Encoding.UTF8, Cancellation);
}
