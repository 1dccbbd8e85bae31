using Footfall.EndToEndTests.DynamoDb;

namespace Footfall.EndToEndTests.Shipping;

/// <summary>The released program needs nothing of a system but glibc and OpenSSL.</summary>
public sealed class BareSystemTests(NativeProgram native, DynamoDbLocal local)
{
    private static readonly string[] Serve = ["serve", "--port", "0", "--resume", "/opt/resume.json", "--data", "/data"];

    [Fact]
    public async Task It_serves_the_page_and_keeps_the_count_over_a_restart()
    {
        using var system = await BareSystem.WithAsync(native);
        await using (var footfall = system.Start([], Serve))
        {
            using var visitor = new Visitor(await footfall.WaitForUrlAsync());
            Assert.Contains("<h1", await visitor.ReadPageAsync(), StringComparison.Ordinal);
            Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"visit"}""", await visitor.VisitAsync());
            await footfall.SignalAsync("TERM");
            Assert.Equal(0, await footfall.WaitForExitAsync());
        }

        await using (var again = system.Start([], Serve))
        {
            using var visitor = new Visitor(await again.WaitForUrlAsync());
            Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"repeat"}""", await visitor.VisitAsync());
        }
    }

    [Theory]
    [InlineData("OpenSSL is missing", "--hide", "/usr/lib/TRIPLE/libssl.so.3")]
    public async Task What_the_system_lacks_is_said_in_a_line(string message, params string[] hidden)
    {
        var triple = NativeProgram.Platform == "linux-arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        using var system = await BareSystem.WithAsync(native);
        await using var footfall = await system.RunAsync(
            [.. hidden.Select(word => word.Replace("TRIPLE", triple, StringComparison.Ordinal))], Serve);

        Assert.Equal(1, footfall.ExitCode);
        Assert.StartsWith($"footfall: {message}", footfall.Error, StringComparison.Ordinal);
        Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("/opt/data/footfall.db cannot be made", "serve", "--port", "0", "--resume", "/opt/resume.json")]
    [InlineData("/opt/dist cannot be written", "build", "--resume", "/opt/resume.json", "--out", "/opt/dist")]
    [InlineData("DynamoDB", "export", "--store", "dynamodb", "--table", "x", "--out", "/data/x")]
    public async Task Where_it_may_not_write_and_has_no_home_it_says_so_in_a_line(string message, params string[] line)
    {
        using var system = await BareSystem.WithAsync(native);
        await using var footfall = await system.RunAsync(["AWS_REGION=us-east-1", "AWS_EC2_METADATA_DISABLED=true"], line);

        Assert.Equal(1, footfall.ExitCode);
        Assert.Contains(message, footfall.Error, StringComparison.Ordinal);
        Assert.Single(footfall.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task It_counts_in_a_table_behind_TLS()
    {
        var environment = await local.EnvironmentAsync();
        var database = new Uri(environment.Single(variable => variable.Name == "AWS_ENDPOINT_URL_DYNAMODB").Value);
        await using var front = await TlsFront.StartAsync(database);
        using var system = await BareSystem.WithAsync(native);
        await system.WriteAsync("roots.pem", front.Certificate);
        await using var footfall = system.Start(
            [
                .. environment.Select(variable => $"{variable.Name}={variable.Value}"),
                $"AWS_ENDPOINT_URL_DYNAMODB={front.Url}",
                "SSL_CERT_FILE=/data/roots.pem",
            ],
            "serve", "--port", "0", "--resume", "/opt/resume.json", "--time-budget", "00:00:30",
            "--store", "dynamodb", "--table", await local.CreateTableAsync(TestContext.Current.CancellationToken));

        using var visitor = new Visitor(await footfall.WaitForUrlAsync());
        Assert.Equal("""{"counter":"/","visits":1,"visitors":1,"outcome":"visit"}""", await visitor.VisitAsync());
    }
}
