using Footfall.Cli.Rendering;
using Footfall.Site;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>Links, pipes and devices in the owner's folders: followed where that is meant, and never out of them.</summary>
public sealed class PlantedFilesTests : IDisposable
{
    // A GIF of one pixel.
    private static readonly byte[] Picture = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly DateTime Epoch = DateTime.UnixEpoch.AddSeconds(1);

    private readonly TemporaryDirectory folder = new();

    public PlantedFilesTests() => Directory.CreateDirectory(folder.File("site"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_config_map_that_turns_its_link_is_seen_although_time_and_size_are_the_same()
    {
        Write("site/..1/resume.json", "one");
        Write("site/..2/resume.json", "two");
        Link("site/..data", "..1");
        Link("site/resume.json", "..data/resume.json");
        var watch = new FileWatch([folder.File("site/resume.json")]);

        File.Delete(folder.File("site/..data"));
        Link("site/..data", "..2");

        await watch.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_a_link_leads_to_is_seen_to_change()
    {
        Write("dotfiles/resume.json", "one");
        Link("site/resume.json", folder.File("dotfiles/resume.json"));
        var watch = new FileWatch([folder.File("site/resume.json")]);

        await File.WriteAllTextAsync(folder.File("dotfiles/resume.json"), "another", TestContext.Current.CancellationToken);

        await watch.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("me.gif")]
    [InlineData("/me.gif")]
    [InlineData("deep/me.gif")]
    [InlineData("..data/me.gif")]
    [InlineData("link.gif")]
    [InlineData("linked-folder/me.gif")]
    public async Task A_picture_in_the_folder_is_shown_also_through_links_in_it(string image)
    {
        Plant();

        var site = await BuildAsync(image);

        Assert.Contains(site.Files, file => file.ContentType == "image/gif");
        Assert.Contains("is published with it, as it is image/gif", Assert.Single(site.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.gif")]
    [InlineData("deep/../../secret.gif")]
    [InlineData("out.gif")]
    [InlineData("out-of-out.gif")]
    [InlineData("out-folder/secret.gif")]
    [InlineData("deep/up/secret.gif")]
    [InlineData("out-folder/../secret.gif")]
    [InlineData("circle.gif")]
    [InlineData("dangling.gif")]
    [InlineData("file:///dev/zero")]
    [InlineData("zero.gif")]
    [InlineData("deep")]
    [InlineData(".")]
    public async Task No_picture_comes_from_elsewhere(string image)
    {
        Plant();

        var site = await BuildAsync(image);

        Assert.DoesNotContain(site.Files, file => file.ContentType.StartsWith("image/gif", StringComparison.Ordinal));
        Assert.Single(site.Warnings);
    }

    [Fact]
    public async Task A_pipe_and_an_endless_file_are_refused()
    {
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [folder.File("site/pipe")]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<IOException>(() => ResumeReader.ReadAsync(folder.File("site/pipe"), cancellationToken: TestContext.Current.CancellationToken));
        var endless = await Assert.ThrowsAsync<ResumeException>(() => ResumeReader.ReadAsync("/dev/zero", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("expected at most", endless.Message, StringComparison.Ordinal);
        Assert.Single((await BuildAsync("pipe")).Warnings);
    }

    [Fact]
    public async Task A_picture_beside_what_the_resume_links_to_is_found()
    {
        Write("dotfiles/resume.json", """{ "basics": { "name": "Jane", "image": "me.gif" } }""");
        await File.WriteAllBytesAsync(folder.File("dotfiles/me.gif"), Picture, TestContext.Current.CancellationToken);
        Link("site/resume.json", "../dotfiles/resume.json");

        var site = await new ResumeSite(folder.File("site/resume.json"), new SiteOptions()).RenderAsync(TestContext.Current.CancellationToken);

        Assert.Contains(site.Files, file => file.ContentType == "image/gif");
    }

    [Fact]
    public async Task A_planted_link_is_replaced_and_not_written_through()
    {
        Write("site/resume.json", Resumes.Complete);
        Write("victim", "precious");
        Directory.CreateDirectory(folder.File("site/dist"));
        Link("site/dist/index.html", folder.File("victim"));
        Link("site/counts.jsonl", folder.File("victim"));
        Link("site/counts.jsonl.part", folder.File("victim"));

        Assert.Equal(0, await RunAsync("build"));
        Assert.Equal(0, await RunAsync("import", "--start", "5"));
        Assert.Equal(0, await RunAsync("export", "--out", "counts.jsonl"));

        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("victim"), TestContext.Current.CancellationToken));
        Assert.Null(new FileInfo(folder.File("site/dist/index.html")).LinkTarget);
        Assert.Contains(
            "\"visits\":5,",
            await File.ReadAllTextAsync(folder.File("site/counts.jsonl"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planted_folder_is_not_written_into()
    {
        Write("site/resume.json", Resumes.Complete);
        Directory.CreateDirectory(folder.File("elsewhere"));
        Directory.CreateDirectory(folder.File("site/dist"));
        Link("site/dist/assets", folder.File("elsewhere"));

        await using var build = await FootfallProcess.RunAsync(folder.File("site"), ["build"]);

        Assert.Equal(1, build.ExitCode);
        Assert.Contains("is a symbolic link", build.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("elsewhere")));
    }

    [Fact]
    public async Task A_database_that_others_can_read_is_told()
    {
        Write("site/resume.json", Resumes.Complete);
        Assert.Equal(0, await RunAsync("import", "--start", "5"));
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(folder.File("site/data/footfall.db"), (UnixFileMode)0b110_100_100);

        await using var footfall = FootfallProcess.Start(folder.File("site"), ["serve", "--port", "0"]);

        await footfall.WaitForAsync(written => written.Error, "chmod 600");
    }

    private void Plant()
    {
        foreach (var name in new[] { "site/me.gif", "site/deep/me.gif", "site/..data/me.gif", "secret.gif", "out/secret.gif" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllBytes(folder.File(name), Picture);
        }

        Link("site/link.gif", "deep/me.gif");
        Link("site/linked-folder", "deep");
        Link("site/out.gif", "../secret.gif");
        Link("site/out-of-out.gif", "out.gif");
        Link("site/out-folder", folder.File("out"));
        Link("site/deep/up", "../..");
        Link("site/circle.gif", "circle.gif");
        Link("site/dangling.gif", "nothing.gif");
        Link("site/zero.gif", "/dev/zero");
    }

    private Task<BuiltSite> BuildAsync(string image) => SiteBuilder.BuildAsync(
        Resumes.Parse($$"""{ "basics": { "name": "Jane", "image": "{{image}}" } }"""),
        new SiteOptions { ImageFolder = folder.File("site") },
        TestContext.Current.CancellationToken);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), content);
        File.SetLastWriteTimeUtc(folder.File(name), Epoch);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(folder.File(name), target);

    private async Task<int> RunAsync(params string[] arguments)
    {
        await using var footfall = await FootfallProcess.RunAsync(folder.File("site"), arguments);
        return footfall.ExitCode;
    }
}
