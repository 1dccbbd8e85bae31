using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Footfall.Tests.Site;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>Each command that can take long, stopped while it waits for something that does not come.</summary>
public sealed class StoppedCommandTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TcpListener silent = new(IPAddress.Loopback, 0);

    public StoppedCommandTests()
    {
        silent.Start();
        File.WriteAllText(folder.File("resume.json"), Resumes.Complete);
    }

    public void Dispose()
    {
        silent.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("TERM", 143, "build", "--count-from", "SILENT")]
    [InlineData("INT", 130, "build", "--count-from", "SILENT")]
    [InlineData("TERM", 143, "table", "create", "visits")]
    [InlineData("TERM", 143, "export", "--store", "dynamodb", "--table", "visits")]
    [InlineData("TERM", 143, "import", "--from-table", "visits")]
    [InlineData("TERM", 143, "serve", "--store", "dynamodb", "--table", "visits")]
    public async Task It_ends_as_a_shell_expects_and_without_a_stack_trace(string signal, int expected, params string[] arguments)
    {
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        await using var footfall = FootfallProcess.Start(
            folder.FullName,
            [.. arguments.Select(argument => argument == "SILENT" ? endpoint : argument)],
            ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "nobody"),
            ("AWS_SECRET_ACCESS_KEY", "nothing"));
        using var asked = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await footfall.SignalAsync(signal);

        Assert.Equal(expected, await footfall.WaitForExitAsync());
        Assert.DoesNotContain("   at ", footfall.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", footfall.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_waits_for_a_pipe_ends_too()
    {
        using (var mkfifo = Process.Start("mkfifo", [folder.File("pipe")]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var footfall = FootfallProcess.Start(folder.FullName, ["import", "pipe"]);

        // It has begun to read when a writer can open the other end.
        await using var pipe = await Task.Run(
            () => new FileStream(folder.File("pipe"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite),
            TestContext.Current.CancellationToken);
        await footfall.SignalAsync("TERM");

        Assert.Equal(143, await footfall.WaitForExitAsync());
        Assert.DoesNotContain("   at ", footfall.Error, StringComparison.Ordinal);
    }
}
