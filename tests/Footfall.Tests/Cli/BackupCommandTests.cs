using System.Text;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary><c>footfall backup</c>, beside a server that counts, and what can be made of the copy.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient client = new();

    public BackupCommandTests() => File.WriteAllText(folder.File("resume.json"), Resumes.Complete);

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_copy_that_was_made_while_the_server_counted_can_take_the_place_of_the_database()
    {
        await using (var footfall = FootfallProcess.Start(folder.FullName, ["serve", "--port", "0"]))
        {
            var url = await footfall.WaitForUrlAsync();
            await CountAsync(url, "Firefox/140.0");
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var counting = CountUntilAsync(url, stop.Token);

            Assert.Equal(0, await RunAsync("backup", "copy.db"));

            await stop.CancelAsync();
            await counting;
            await CountAsync(url, "Firefox/141.0");
            footfall.Kill();
            _ = await footfall.WaitForExitAsync();
        }

        using (var copy = new OtherProgram(folder.File("copy.db")))
        {
            Assert.Equal(0, copy.Count("salts"));
            Assert.Equal(0, copy.Count("claims"));
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("copy.db")));
        }

        Assert.DoesNotContain(Directory.GetFiles(folder.FullName), file => Path.GetFileName(file).StartsWith('.'));

        Directory.Delete(folder.File("data"), recursive: true);
        Directory.CreateDirectory(folder.File("data"));
        File.Move(folder.File("copy.db"), folder.File("data/footfall.db"));
        await using var restored = FootfallProcess.Start(folder.FullName, ["serve", "--port", "0"]);
        var answer = await client.GetStringAsync(new Uri(await restored.WaitForUrlAsync(), "/api/visits"), Cancellation);
        Assert.Contains("\"visits\":1,", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten()
    {
        Assert.Equal(0, await RunAsync("import", "--start", "5"));
        await File.WriteAllTextAsync(folder.File("copy.db"), "precious", Cancellation);
        File.CreateSymbolicLink(folder.File("link.db"), folder.File("elsewhere.db"));

        await using var overFile = await FootfallProcess.RunAsync(folder.FullName, ["backup", "copy.db"]);
        await using var overLink = await FootfallProcess.RunAsync(folder.FullName, ["backup", "link.db"]);

        Assert.Equal((1, 1), (overFile.ExitCode, overLink.ExitCode));
        Assert.Contains("copy.db is there already", overFile.Error, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("copy.db"), Cancellation));
        Assert.False(File.Exists(folder.File("elsewhere.db")));
    }

    [Theory]
    [InlineData("There are no counts at", "backup", "copy.db", "--data", "nowhere")]
    [InlineData("point-in-time recovery", "backup", "copy.db", "--store", "dynamodb", "--table", "visits")]
    [InlineData("cannot be written", "backup", "nowhere/copy.db")]
    [InlineData("belongs to another program", "backup", "copy.db", "--data", "other")]
    public async Task What_cannot_be_copied_is_told(string expected, params string[] arguments)
    {
        Assert.Equal(0, await RunAsync("import", "--start", "5"));
        Directory.CreateDirectory(folder.File("other"));
        using (var other = new OtherProgram(folder.File("other/footfall.db")))
        {
            other.Run("CREATE TABLE songs (title TEXT)");
        }

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, arguments);

        Assert.Equal(1, footfall.ExitCode);
        Assert.Contains(expected, footfall.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("copy.db")));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<int> RunAsync(params string[] arguments)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, arguments);
        return footfall.ExitCode;
    }

    private async Task CountUntilAsync(Uri url, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await CountAsync(url, "Firefox/140.0");
        }
    }

    private async Task CountAsync(Uri url, string browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/api/visits"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd($"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 {browser}");
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
