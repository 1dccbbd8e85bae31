using Footfall.EndToEndTests.Browser;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;
using UglyToad.PdfPig;

namespace Footfall.EndToEndTests.Page;

/// <summary><c>resume.pdf</c> as an owner gets it: from <c>footfall build --pdf</c>, and from a server that is asked for it.</summary>
public sealed class PdfCommandTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public PdfCommandTests() => File.Copy(ExampleSite.Resume, folder.File("resume.json"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("GB", 595, 842)]
    [InlineData("US", 612, 792)]
    public async Task The_example_takes_two_pages_of_its_countrys_paper(string country, int width, int height)
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        var resume = await File.ReadAllTextAsync(folder.File("resume.json"), Cancellation);
        await File.WriteAllTextAsync(
            folder.File("resume.json"), resume.Replace("\"GB\"", $"\"{country}\"", StringComparison.Ordinal), Cancellation);

        await using var footfall = await FootfallProcess.RunAsync(
            folder.FullName, ["build", "--pdf", "--pages", "1", "--site-url", "https://tamsin.example.com"]);

        Assert.Equal(0, footfall.ExitCode);
        Assert.Contains("note: resume.pdf takes 2 pages, where 1 are wanted", footfall.Error, StringComparison.Ordinal);
        using var document = PdfDocument.Open(folder.File("dist/resume.pdf"));
        Assert.Equal(2, document.NumberOfPages);
        Assert.Equal((width, height), ((int)Math.Round(document.GetPage(1).Width), (int)Math.Round(document.GetPage(1).Height)));
        Assert.Equal((1200, 630), Size(await File.ReadAllBytesAsync(folder.File("dist/preview.png"), Cancellation)));
        Assert.Equal((180, 180), Size(await File.ReadAllBytesAsync(folder.File("dist/touch-icon.png"), Cancellation)));
        Assert.Contains("href=\"resume.pdf\"", await File.ReadAllTextAsync(folder.File("dist/index.html"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_prints_it_for_the_first_who_asks()
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        await using var footfall = FootfallProcess.Start(folder.FullName, ["serve", "--port", "0"]);
        using var client = new HttpClient { BaseAddress = await footfall.WaitForUrlAsync() };

        Assert.Contains("href=\"resume.pdf\"", await client.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation), StringComparison.Ordinal);
        var first = await client.GetByteArrayAsync(new Uri("/resume.pdf", UriKind.Relative), Cancellation);
        var second = await client.GetByteArrayAsync(new Uri("/resume.pdf", UriKind.Relative), Cancellation);

        using var document = PdfDocument.Open(first);
        Assert.Equal(2, document.NumberOfPages);
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("1", 2, "warning: resume.json: printed, it takes 2 pages, where 1 is wanted")]
    [InlineData("2", 0, "advice: resume.json: printed, it takes 2 pages")]
    public async Task A_check_counts_the_pages(string wanted, int exitCode, string finding)
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["check", "--pages", wanted]);

        Assert.Contains(finding, footfall.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, footfall.ExitCode);
    }

    [Fact]
    public async Task A_copy_with_what_is_printed_only_lies_outside_of_what_is_published()
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        await File.WriteAllTextAsync(
            folder.File("resume.json"),
            """
            {
              "basics": { "name": "Jane Doe", "email": "jane@example.com", "phone": "+44 20 7946 0000" },
              "meta": { "footfall": { "printOnly": ["basics.phone"] } }
            }
            """,
            Cancellation);

        await using var footfall = await FootfallProcess.RunAsync(
            folder.FullName, ["build", "--pdf", "--private-pdf", "private.pdf", "--site-url", "https://jane.example.com"]);

        Assert.Equal((0, ""), (footfall.ExitCode, footfall.Error));
        Assert.Contains("7946 0000", TextOf(folder.File("private.pdf")), StringComparison.Ordinal);
        Assert.DoesNotContain("7946", TextOf(folder.File("dist/resume.pdf")), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(folder.File("dist"), "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("7946", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dist/private.pdf")]
    [InlineData("link/private.pdf")]
    public async Task A_private_copy_is_not_made_where_it_would_be_published(string place)
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        _ = Directory.CreateDirectory(folder.File("dist"));
        _ = Directory.CreateSymbolicLink(folder.File("link"), folder.File("dist"));

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, ["build", "--private-pdf", place]);

        Assert.Equal(1, footfall.ExitCode);
        Assert.Contains("which is published; choose another place", footfall.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("dist"), "*.pdf"));
    }

    private static string TextOf(string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().Select(page => page.Text));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A PNG's width and height: big-endian, from byte 16.</summary>
    private static (int Width, int Height) Size(ReadOnlySpan<byte> png) => (
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png[16..]),
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png[20..]));
}
